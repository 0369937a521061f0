/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of practice boards, and of boards whose own name is nobody's. Any thread. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

const char *jmp_words_practice (const char *kind);
gboolean jmp_words_practice_is_usual (const char *kind);
const char *jmp_words_device_name (JmpDevice *device);

G_END_DECLS
