/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The result as JSON, in the shapes that scripts rely on: one object, on one line, in UTF-8.
 * Addresses and sizes are numbers; USB ids are strings of four hexadecimal digits. Main thread. */

#pragma once

#include "jumperctl/evidence.h"
#include "jumperctl/progress-line.h"
#include "jumperctl/session.h"

G_BEGIN_DECLS

char *ctl_json_result (CtlSession *session, const GError *error) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_json_progress (const char *device, const CtlNews *news) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_json_to_text (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
void ctl_json_device_begin (JsonBuilder *builder,
                            JmpDevice *device,
                            const CtlEvidence *evidence,
                            gboolean with_map);
void ctl_json_device (JsonBuilder *builder, JmpDevice *device, gboolean with_map);
void ctl_json_plan (JsonBuilder *builder, JmpPlan *plan);
void ctl_json_error (JsonBuilder *builder, const GError *error);

void ctl_json_string (JsonBuilder *builder, const char *name, const char *value);
void ctl_json_number (JsonBuilder *builder, const char *name, guint64 value);
void ctl_json_real (JsonBuilder *builder, const char *name, double value);
void ctl_json_boolean (JsonBuilder *builder, const char *name, gboolean value);
void ctl_json_id (JsonBuilder *builder, const char *name, guint16 value);

G_END_DECLS
