/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sources use of Apple's IOKit, after its documentation: for the compiler alone, on a computer
 * that is no Mac. */

#pragma once

#include <CoreFoundation/CoreFoundation.h>

typedef int IOReturn;
typedef uint32_t IOPMAssertionID;
typedef uint32_t IOPMAssertionLevel;

#define kIOReturnSuccess      0
#define kIOPMNullAssertionID  ((IOPMAssertionID)0)
#define kIOPMAssertionLevelOn 255

#define kIOPMAssertionTypePreventUserIdleSystemSleep CFSTR ("PreventUserIdleSystemSleep")

IOReturn IOPMAssertionCreateWithName (CFStringRef type,
                                      IOPMAssertionLevel level,
                                      CFStringRef name,
                                      IOPMAssertionID *assertion);
IOReturn IOPMAssertionRelease (IOPMAssertionID assertion);
