/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards and images for the tests of this folder, from short texts. */

#pragma once

#include "dfu/info.h"
#include "image/image.h"

/* A board that reads, writes and uses blocks of 2048 bytes; one memory-layout string for each alt
 * setting, with numbers from 0; an empty string is an alt setting without a map. The members may be
 * changed. */
JmpDfuInfo *kit_board_new (const char *const *layouts);

/* "ALT ADDRESS LENGTH[ vector]; …": segments with bytes that depend on their address alone; with
 * "vector" they begin with a vector table whose reset handler is in the segment. */
JmpImage *kit_image_new (const char *text);
guint8 kit_byte_at (guint32 address);
