/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* libadwaita follows the system by itself. */

#include "config.h"

#include "window/desktop.h"

void
jmp_desktop_prepare_style (void)
{
}

void
jmp_desktop_follow_style (void)
{
}
