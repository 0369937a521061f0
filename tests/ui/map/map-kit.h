/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards, images and plans for the tests of the map, from short texts. */

#pragma once

#include "flash/run.h"
#include "map/map-state.h"

/* A board with one memory-layout string for each alt setting, with numbers from 0; an empty string
 * is an alt setting without a map. */
JmpDfuInfo *kit_info_new (const char *const *layouts);

/* "ALT ADDRESS LENGTH; …": segments of bytes that do not matter. */
JmpImage *kit_image_new (const char *text);
JmpPlan *kit_flash_new (JmpDfuInfo *info, const char *image);

/* Progress as the work reports it: in step @step of @plan, @length bytes at @address. */
JmpProgress kit_progress (JmpPlan *plan, guint step, guint32 address, guint32 length);
/* The first step of a kind that touches an address; fails where there is none. */
guint kit_find_step (JmpPlan *plan, JmpStepKind kind, guint32 address);

/* The states of all spans that are not "untouched", with percentages where there is work. */
char *kit_states_to_string (GArray *spans, const JmpMapWork *work);

extern const char *const kit_pyboard[];
extern const char *const kit_h743[];
extern const char *const kit_f072[];
extern const char *const kit_spark[];
extern const char *const kit_pybd[];
extern const char *const kit_overlap[];
extern const char *const kit_at32[];
extern const char *const kit_none[];
