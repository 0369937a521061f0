/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in a firmware file, as JSON members and as lines; and whether it fits. Main thread. */

#pragma once

#include "board/fit-report.h"
#include "jumperctl/session.h"

G_BEGIN_DECLS

void ctl_image_json (JsonBuilder *builder, JmpImage *image);
void ctl_image_print (CtlSession *session, JmpImage *image);
void ctl_fit_json (JsonBuilder *builder, const JmpFitReport *report);
void ctl_fit_print (CtlSession *session, const JmpFitReport *report);

G_END_DECLS
