/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sources use of Apple's dyld, after dyld(3): for the compiler alone, on a computer that is no
 * Mac. */

#pragma once

#include <stdint.h>

int _NSGetExecutablePath (char *path, uint32_t *size);
