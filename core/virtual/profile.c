/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/profile-private.h"

typedef JmpVirtualProfiles (*TableFunc) (void);

static const TableFunc tables[] = {
  jmp_virtual_profiles_st,
  jmp_virtual_profiles_dfuse,
  jmp_virtual_profiles_plain,
};

/* All rows of all tables, in order. */
static GPtrArray *
collect (void)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    JmpVirtualProfiles table = tables[t]();

    for (gsize i = 0; i < table.n_rows; i++)
      g_ptr_array_add (rows, (gpointer)&table.rows[i]);
  }
  return rows;
}

/* The row of @kind, or NULL. */
const JmpVirtualProfile *
jmp_virtual_profile_find (const char *kind)
{
  g_autoptr (GPtrArray) rows = collect ();

  for (guint i = 0; i < rows->len; i++) {
    const JmpVirtualProfile *profile = g_ptr_array_index (rows, i);

    if (g_str_equal (profile->kind, kind))
      return profile;
  }
  return NULL;
}

/* The names of all kinds, NULL-terminated, for ever. */
const char *const *
jmp_virtual_profile_kinds (void)
{
  static const char **kinds = NULL;
  static gsize ready = 0;

  if (g_once_init_enter (&ready)) {
    g_autoptr (GPtrArray) rows = collect ();

    kinds = g_new0 (const char *, rows->len + 1);
    for (guint i = 0; i < rows->len; i++)
      kinds[i] = ((const JmpVirtualProfile *)g_ptr_array_index (rows, i))->kind;
    g_once_init_leave (&ready, 1);
  }
  return kinds;
}

/* Why erasing and writing at @address is refused, or NULL when it is not. */
const JmpVirtualRefusal *
jmp_virtual_refusal_find (const JmpVirtualProfile *profile, guint32 address)
{
  for (guint i = 0; i < G_N_ELEMENTS (profile->refusals); i++) {
    const JmpVirtualRefusal *refusal = &profile->refusals[i];

    if (address >= refusal->range.start && address < refusal->range.end)
      return refusal;
  }
  return NULL;
}
