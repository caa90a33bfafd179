// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * How does a program in VTL0's Linux call Paravane?
 *
 * By writing one line to /dev/paravane and reading one back. Only the kernel can do it: both doors
 * want the caller's registers as they are, a VTL call is undefined below EL1, and the door page
 * is nobody's memory. Root only.
 *
 *   write  DOOR ID [ARGUMENT ...]    up to 6 arguments; all numbers hexadecimal
 *          DOOR log TEXT             a line for Paravane's log, copied for the call
 *   read   X0 X1 X2 X3               of the last call, hexadecimal
 *
 * DOOR is page, vtl, hvc0 or hvc1. What the device's node does not offer is -EOPNOTSUPP; hvc0 and
 * hvc1 always go out: the hypervisor owns them and answers what it does not know itself.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "paravane/services.h"

#define LINE_SIZE 256
#define ARGUMENTS 6
#define LOG_BUFFER 128 /* kmalloc aligns it to its size: it crosses no page */

enum door {
	DOOR_PAGE,
	DOOR_VTL,
	DOOR_HVC0,
	DOOR_HVC1
};

static void __iomem *door_page;
static bool has_vtl_call;
static u64 result[4];
static DEFINE_MUTEX(lock); /* the last result, and the order of calls */

/* One call: the id and arguments where the interface wants them, everything else the compiler's.
 * The interface keeps all but X0 to X3, so nothing else is declared as changed. */
#define CALL(instruction)                                                                          \
	asm volatile(instruction                                                                   \
		     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)                                      \
		     : "r"(x4), "r"(x5), "r"(x6), [page] "r"(door_page + PARAVANE_DOOR_OFFSET)     \
		     : "memory")

static void make_call(enum door door, u64 id, const u64 *argument)
{
	register u64 x0 asm("x0") = id;
	register u64 x1 asm("x1") = argument[0];
	register u64 x2 asm("x2") = argument[1];
	register u64 x3 asm("x3") = argument[2];
	register u64 x4 asm("x4") = argument[3];
	register u64 x5 asm("x5") = argument[4];
	register u64 x6 asm("x6") = argument[5];

	switch (door) {
	case DOOR_PAGE:
		CALL("str wzr, [%[page]]");
		break;
	case DOOR_VTL:
		CALL("hvc #2");
		break;
	case DOOR_HVC0:
		CALL("hvc #0");
		break;
	case DOOR_HVC1:
		CALL("hvc #1");
		break;
	}
	result[0] = x0;
	result[1] = x1;
	result[2] = x2;
	result[3] = x3;
}

static int parse_door(const char *name, enum door *door)
{
	if (strcmp(name, "page") == 0) {
		*door = DOOR_PAGE;
		return door_page ? 0 : -EOPNOTSUPP;
	}
	if (strcmp(name, "vtl") == 0) {
		*door = DOOR_VTL;
		return has_vtl_call ? 0 : -EOPNOTSUPP;
	}
	if (strcmp(name, "hvc0") == 0) {
		*door = DOOR_HVC0;
		return 0;
	}
	if (strcmp(name, "hvc1") == 0) {
		*door = DOOR_HVC1;
		return 0;
	}
	return -EINVAL;
}

static int log_line(enum door door, const char *text)
{
	u64 argument[ARGUMENTS] = { 0 };
	size_t size = strlen(text);
	char *buffer;

	if (size == 0 || size > LOG_BUFFER) {
		return -EINVAL;
	}
	buffer = kmalloc(LOG_BUFFER, GFP_KERNEL);
	if (!buffer) {
		return -ENOMEM;
	}
	memcpy(buffer, text, size);
	argument[0] = virt_to_phys(buffer);
	argument[1] = size;
	make_call(door, PARAVANE_LOG, argument);
	kfree(buffer);
	return 0;
}

static int run_line(char *line)
{
	u64 number[1 + ARGUMENTS] = { 0 };
	const char *name = strsep(&line, " ");
	enum door door;
	int error = parse_door(name, &door);
	unsigned int i;

	if (error) {
		return error;
	}
	if (line && strncmp(line, "log ", 4) == 0) {
		return log_line(door, line + 4);
	}
	for (i = 0; line; i++) {
		const char *word = strsep(&line, " ");

		if (i > ARGUMENTS || kstrtou64(word, 16, &number[i]) != 0) {
			return -EINVAL;
		}
	}
	if (i == 0) {
		return -EINVAL;
	}
	make_call(door, number[0], &number[1]);
	return 0;
}

static ssize_t paravane_write(struct file *file, const char __user *text, size_t size,
			      loff_t *position)
{
	char line[LINE_SIZE];
	int error;

	if (size == 0 || size >= sizeof(line)) {
		return -EINVAL;
	}
	if (copy_from_user(line, text, size)) {
		return -EFAULT;
	}
	line[size] = '\0';
	if (line[size - 1] == '\n') {
		line[size - 1] = '\0';
	}
	mutex_lock(&lock);
	error = run_line(line);
	mutex_unlock(&lock);
	return error ? error : (ssize_t)size;
}

static ssize_t paravane_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	char line[80];
	int length;

	mutex_lock(&lock);
	length = scnprintf(line, sizeof(line), "%llx %llx %llx %llx\n", result[0], result[1],
			   result[2], result[3]);
	mutex_unlock(&lock);
	return simple_read_from_buffer(to, size, position, line, length);
}

static const struct file_operations paravane_operations = {
	.owner = THIS_MODULE,
	.read = paravane_read,
	.write = paravane_write,
	.llseek = default_llseek,
};

static struct miscdevice paravane_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "paravane",
	.fops = &paravane_operations,
	.mode = 0600,
};

static void paravane_forget(void *unused)
{
	misc_deregister(&paravane_device);
}

/* A node of the device tree, or an ACPI device PRP0001 with the same properties. */
static int paravane_probe(struct platform_device *device)
{
	struct device *dev = &device->dev;
	int error;

	if (device_property_match_string(dev, "method", PARAVANE_DT_METHOD_DOOR_PAGE) >= 0) {
		door_page = devm_platform_ioremap_resource(device, 0);
		if (IS_ERR(door_page)) {
			return PTR_ERR(door_page);
		}
	}
	has_vtl_call = device_property_match_string(dev, "method", PARAVANE_DT_METHOD_VTL_CALL) >=
		       0;
	error = misc_register(&paravane_device);
	return error ? error : devm_add_action_or_reset(dev, paravane_forget, NULL);
}

static const struct of_device_id paravane_match[] = {
	{ .compatible = PARAVANE_DT_COMPATIBLE },
	{},
};
MODULE_DEVICE_TABLE(of, paravane_match);

static struct platform_driver paravane_driver = {
	.probe = paravane_probe,
	.driver = {
		.name = "paravane",
		.of_match_table = paravane_match,
		.suppress_bind_attrs = true,
	},
};
module_platform_driver(paravane_driver);

MODULE_DESCRIPTION("Calls of VTL0 to Paravane, one text line each");
MODULE_LICENSE("Dual BSD/GPL");
