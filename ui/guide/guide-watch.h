/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the boards of a list do, as the events of a guide.
 *
 * Boards that are there when it is made say nothing of themselves. One owner; main thread only. */

#pragma once

#include "device/device.h"
#include "guide/guide-steps.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _JmpGuideWatch JmpGuideWatch;

typedef void (*JmpGuideWatchFunc) (JmpGuideEvent event, JmpDevice *device, gpointer user_data);

JmpGuideWatch *jmp_guide_watch_new (GListModel *boards,
                                    JmpGuideWatchFunc func,
                                    gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void jmp_guide_watch_free (JmpGuideWatch *self);
gboolean jmp_guide_watch_sees_running (JmpGuideWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpGuideWatch, jmp_guide_watch_free)

G_END_DECLS
