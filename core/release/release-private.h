/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the program itself vouches for: a release that no source has to be asked about. */

#pragma once

#include "release/release.h"

G_BEGIN_DECLS

/* As jmp_release_new(), without a look at the members. */
JmpRelease *jmp_release_make (const JmpSource *source,
                              const JmpRelease *values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
