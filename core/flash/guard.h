/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What must not be lost: which protected regions a plan would erase or write, and how to read them
 * first.
 *
 * Pure: a plan and regions in, a list out. Who asks the person, and for what words, is above this room:
 * a job that has a guard (jmp_job_set_guard()) stops at every region that is still in it. Any thread. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/**
 * JmpGuardRegion:
 * @alt: alt setting
 * @address: first byte
 * @length: bytes, at least 1
 * @name: what it is called ("device private key")
 * @code: what kind of region it is, in a word that does not change ("keys")
 *
 * What may only be changed with the person's typed consent.
 */
typedef struct {
  guint8 alt;
  guint32 address;
  guint32 length;
  const char *name;
  const char *code;
} JmpGuardRegion;

/**
 * JmpGuardHit:
 * @region: (not owned): which region
 * @address: the first byte of it that would be changed
 * @length: from there to behind the last such byte
 * @bytes: how many of them would be changed
 *
 * A region that a plan changes.
 */
typedef struct {
  const JmpGuardRegion *region;
  guint32 address;
  guint32 length;
  guint32 bytes;
} JmpGuardHit;

GArray *jmp_guard_find (JmpPlan *plan,
                        const JmpGuardRegion *regions,
                        guint n_regions) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_guard_check (JmpPlan *plan,
                          const JmpGuardRegion *regions,
                          guint n_regions,
                          GError **error);
JmpPlan *jmp_guard_plan_backup (JmpDfuInfo *info,
                                JmpPlan *whole,
                                const GArray *hits,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
