/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Windows has bound to a board, and what helps, for people. Any thread. */

#pragma once

#include "device/permission.h"

G_BEGIN_DECLS

const JmpDriver *jmp_words_find_driver (const JmpPermission *permission, guint16 vid, guint16 pid);
char *jmp_words_driver (const JmpDriver *driver) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_driver_advice (const JmpDriver *driver, const JmpPermission *permission);

G_END_DECLS
