// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * How does a program in VTL0's Linux call Paravane?
 *
 * By writing one line to /dev/paravane and reading one back. Only the kernel can do it: the doors
 * want the caller's registers as they are, and are shut for user mode. Root only.
 *
 *   write  DOOR ID [ARGUMENT ...]    up to 6 arguments; all numbers hexadecimal
 *          DOOR log TEXT             a line for Paravane's log, copied for the call
 *   read   R0 R1 R2 R3               results of the last call, hexadecimal
 *
 * DOOR is vtl, or page, hvc0, hvc1 (arm64), or msr, hypercall (x86_64). What the device's node does
 * not offer is -EOPNOTSUPP.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "paravane/services.h"
#include "tests/guest/linux/call.h"

#define LINE_SIZE 256
#define LOG_BUFFER 128 /* kmalloc aligns it to its size: it crosses no page */

static u64 result[CALL_RESULTS];
static DEFINE_MUTEX(lock); /* the last result, and the order of calls */

static int log_line(int door, const char *text)
{
	u64 argument[CALL_ARGUMENTS] = { 0 };
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
	call_make(door, PARAVANE_LOG, argument, result);
	kfree(buffer);
	return 0;
}

static int run_line(char *line)
{
	u64 number[1 + CALL_ARGUMENTS] = { 0 };
	const char *name = strsep(&line, " ");
	int door = call_door(name);
	unsigned int i;

	if (door < 0) {
		return door;
	}
	if (line && strncmp(line, "log ", 4) == 0) {
		return log_line(door, line + 4);
	}
	for (i = 0; line; i++) {
		const char *word = strsep(&line, " ");

		if (i > CALL_ARGUMENTS || kstrtou64(word, 16, &number[i]) != 0) {
			return -EINVAL;
		}
	}
	if (i == 0) {
		return -EINVAL;
	}
	call_make(door, number[0], &number[1], result);
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
	int error = call_open(device);

	if (!error) {
		error = misc_register(&paravane_device);
	}
	return error ? error : devm_add_action_or_reset(&device->dev, paravane_forget, NULL);
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
