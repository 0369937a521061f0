/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A phase of the work: a symbol and a word that say whether it is done, goes on, or is to come. Main
 * thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  JMP_PHASE_LABEL_TO_COME,
  JMP_PHASE_LABEL_NOW,
  JMP_PHASE_LABEL_DONE,
} JmpPhaseLabelState;

#define JMP_TYPE_PHASE_LABEL (jmp_phase_label_get_type ())
G_DECLARE_FINAL_TYPE (JmpPhaseLabel, jmp_phase_label, JMP, PHASE_LABEL, GtkWidget)

GtkWidget *jmp_phase_label_new (const char *text);
void jmp_phase_label_set_state (JmpPhaseLabel *self, JmpPhaseLabelState state);

G_END_DECLS
