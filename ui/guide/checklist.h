/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What to look at when a board does not appear: the cable, the way in, the connector, what this system
 * wants. Main thread only. */

#pragma once

#include "guide/guide-ways.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_CHECKLIST (jmp_checklist_get_type ())
G_DECLARE_FINAL_TYPE (JmpChecklist, jmp_checklist, JMP, CHECKLIST, GtkWidget)

GtkWidget *jmp_checklist_new (void);
void jmp_checklist_set (JmpChecklist *self, const JmpGuideWay *way, gboolean may_have_stlink);

G_END_DECLS
