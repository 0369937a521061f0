/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions before an installation, one dialog after the other, and the address of a file that has
 * none. Main thread only. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

void jmp_ask_and_start (GtkWindow *parent, JmpSession *session);
void jmp_ask_to_unprotect (GtkWindow *parent, JmpSession *session);
void jmp_ask_for_address (GtkWindow *parent, JmpSession *session);
void jmp_ask_for_place (GtkWindow *parent, JmpSession *session);

G_END_DECLS
