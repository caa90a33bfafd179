/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What does Linux at VTL2 say about the machine it found? The only program of its ramdisk.
 *
 * Built with the kernel's own small C library (tools/include/nolibc), so nothing is included here.
 * Asks the kernel, not the host: what the tree's root calls the machine, on how many processors
 * this program could run, whether timers fire. It answers in the kernel's log, which needs no
 * interrupt of a console: on x86_64 there is no controller that could bring one. Then it ends the
 * machine as far as the kernel can at VTL2: on x86_64 it has nothing to switch power off with, and
 * restarts by a triple fault.
 */
#define CPUS_MAX 64
#define CLOCK 1 /* CLOCK_MONOTONIC */

#ifdef __x86_64__
#define END_MACHINE LINUX_REBOOT_CMD_RESTART
#else
#define END_MACHINE LINUX_REBOOT_CMD_POWER_OFF
#endif

static int kernel_log;

/* One write is one line. */
static void say(const char *format, ...)
{
	char line[128];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	write(kernel_log, line, length);
}

static void say_model(void)
{
	char model[64] = { 0 };
	int fd = open("/sys/firmware/devicetree/base/model", O_RDONLY);

	if (fd >= 0 && read(fd, model, sizeof(model) - 1) > 0) {
		say("init: the tree's model is %s\n", model);
	}
}

/* Moves to each processor in turn: one that is only listed as running would not take us. */
static int count_processors(void)
{
	int ran = 0;
	int cpu;

	for (cpu = 0; cpu < CPUS_MAX; cpu++) {
		unsigned long mask = 1UL << cpu;
		unsigned int now = CPUS_MAX;

		if (syscall(__NR_sched_setaffinity, 0, sizeof(mask), &mask) == 0 &&
		    syscall(__NR_getcpu, &now, NULL, NULL) == 0 && now == (unsigned int)cpu) {
			ran++;
		}
	}
	return ran;
}

/* Sleeps: nothing wakes us but a timer interrupt on this processor. */
static int sleep_works(void)
{
	struct timespec nap = { 0, 20000000 };
	struct timespec before = { 0, 0 };
	struct timespec after = { 0, 0 };
	long passed;

	syscall(__NR_clock_gettime, CLOCK, &before);
	syscall(__NR_nanosleep, &nap, NULL);
	syscall(__NR_clock_gettime, CLOCK, &after);
	passed = (after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec;
	return passed >= nap.tv_nsec;
}

int main(void)
{
	kernel_log = open("/dev/kmsg", O_WRONLY);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	say_model();
	say("init: ran on %d processors\n", count_processors());
	say("init: a timer woke it: %s\n", sleep_works() ? "yes" : "no");
	reboot(END_MACHINE);
	for (;;) {
		sleep(1);
	}
}
