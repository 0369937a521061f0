/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An image as text that a person can read, for comparing. */

#pragma once

#include "image/image.h"

/* "dfuse crc=ok 0483:DF11", a line for each target and segment, and "! " with each warning. */
char *image_text (JmpImage *image);
