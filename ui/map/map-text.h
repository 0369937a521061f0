/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The map's words: what stands in its boxes, labels, legend and table.
 *
 * Pure, translated, no toolkit; any thread. */

#pragma once

#include "map/map-state.h"

G_BEGIN_DECLS

char *jmp_map_text_cell_size (const JmpMapSpan *span) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_cell_address (const JmpMapSpan *span) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_sectors (const JmpMapSpan *span) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_range (const JmpMapSpan *span) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_spoken_address (guint32 address) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_map_text_state (JmpMapState state);
const char *jmp_map_text_protection (JmpAccess access);
char *jmp_map_text_span_state (const JmpMapSpan *span, JmpMapState state) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_kept (const JmpMapSpan *span) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_label (const JmpMapSpan *span,
                          JmpMapState state,
                          const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_tooltip (const JmpMapSpan *span,
                            JmpMapState state,
                            const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_legend (const char *what,
                           guint sectors,
                           guint64 bytes) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_text_isolate (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
