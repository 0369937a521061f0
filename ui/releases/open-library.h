/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the library of releases on a worker: its catalogue is parsed, and files of the person are read.
 * Main thread. */

#pragma once

#include "release/library.h"

G_BEGIN_DECLS

void jmp_open_library_async (GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
JmpLibrary *jmp_open_library_finish (GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
