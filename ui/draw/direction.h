/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines that run the way the language does, whatever word they begin with. Main thread. */

#pragma once

const char *jmp_direction_mark (void);
