/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/resource.h"

#include "jumper-gresource.h"

/**
 * jmp_resource_ensure:
 *
 * Makes the templates available. Calling it again does no harm.
 */
void
jmp_resource_ensure (void)
{
  g_resources_register (jmp_ui_get_resource ());
}
