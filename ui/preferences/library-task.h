/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the preferences do with the library's files, on a worker. Knows no toolkit. The callbacks come in
 * the main context that was the default. */

#pragma once

#include "release/library.h"

G_BEGIN_DECLS

void jmp_library_write_sources_async (JmpLibrary *library,
                                      GPtrArray *sources,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean jmp_library_task_finish (GAsyncResult *result, GError **error);
void jmp_library_measure_async (JmpLibrary *library,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void jmp_library_clear_async (JmpLibrary *library,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
guint64 jmp_library_measure_finish (GAsyncResult *result);

G_END_DECLS
