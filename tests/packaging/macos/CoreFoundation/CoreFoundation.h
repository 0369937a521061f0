/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sources use of Apple's Core Foundation, after its documentation: for the compiler alone, on a
 * computer that is no Mac. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef const void *CFTypeRef;
typedef const struct __CFAllocator *CFAllocatorRef;
typedef const struct __CFString *CFStringRef;
typedef uint32_t CFStringEncoding;

#define kCFStringEncodingUTF8 ((CFStringEncoding)0x08000100)
#define CFSTR(text)           ((CFStringRef)__builtin___CFStringMakeConstantString ("" text ""))

CFStringRef CFStringCreateWithCString (CFAllocatorRef allocator,
                                       const char *text,
                                       CFStringEncoding encoding);
void CFRelease (CFTypeRef object);
