/* Wine 8 lacks this library of Windows 10, from which Rust takes random numbers. A stand-in, for the test only. */
#include <stddef.h>
unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);
int __stdcall ProcessPrng(unsigned char *buffer, size_t length) { return SystemFunction036(buffer, (unsigned long)length); }
