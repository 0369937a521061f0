/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an installation would do, and what it would take away, before it begins. */

#include "config.h"

#include "session/regions.h"
#include "session/status.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* More sectors than this are counted, not listed. */
#define MAX_LISTED 4

/**
 * jmp_status_plan:
 * @session: a session with a plan
 *
 * What would be done, and, while the board was not looked at, that it may be less.
 *
 * Returns: (transfer full): sentences
 */
char *
jmp_status_plan (JmpSession *session)
{
  g_autofree char *steps = jmp_words_plan (jmp_session_get_plan (session));

  if (jmp_session_is_surveyed (session))
    return g_steal_pointer (&steps);
  /* Translators: %s are sentences, such as "Erases 2 sectors (32 KiB). Writes 20 KiB." */
  return g_strdup_printf (_ ("At most: %s What is already right stays as it is."), steps);
}

/* "0, 4 and 8" */
static char *
list_numbers (const guint *numbers, guint n)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append (list,
                       i == n - 1 ? C_ ("before the last of a list", " and ")
                                  : C_ ("between the members of a list", ", "));
    g_string_append_printf (list, "%u", numbers[i]);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * jmp_status_losses:
 * @plan: how the board is looked at, or what is done to it
 *
 * What is erased beyond what is written and put back: a sector can only be erased whole.
 *
 * Returns: (transfer full) (nullable): a sentence, or %NULL when nothing is
 */
char *
jmp_status_losses (JmpPlan *plan)
{
  guint numbers[MAX_LISTED];
  guint n_sectors = 0;
  guint n = 0;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_sectors; i++) {
    if (sectors[i].lost_bytes == 0)
      continue;
    numbers[MIN (n, MAX_LISTED - 1)] = sectors[i].sector.index;
    n++;
  }
  if (n == 0)
    return NULL;
  if (n > MAX_LISTED)
    return g_strdup_printf (ngettext ("The rest of %u sector will be erased.",
                                      "The rest of %u sectors will be erased.",
                                      n),
                            n);
  list = list_numbers (numbers, n);
  /* Translators: %s is a number, or several: "0, 4 and 8". */
  return g_strdup_printf (ngettext ("The rest of sector %s will be erased.",
                                    "The rest of sectors %s will be erased.",
                                    n),
                          list);
}

/* Where the person's own files are, and whether those are lost. */
typedef struct {
  gboolean any;
  gboolean lost;
  const char *name; /* of those that are lost */
} OwnFiles;

static OwnFiles
look_for_files (JmpSession *session)
{
  g_autoptr (GArray) hits = jmp_session_find_files (session);
  g_autoptr (GArray) names = jmp_regions_of_board (jmp_session_get_board (session));
  OwnFiles found = { .lost = hits->len > 0 };
  const JmpGuardRegion *first = found.lost ? g_array_index (hits, JmpGuardHit, 0).region : NULL;

  for (guint i = 0; i < names->len; i++) {
    const JmpMapName *part = &g_array_index (names, JmpMapName, i);

    found.any |= part->own_files;
    if (first != NULL && part->alt == first->alt && part->address == first->address)
      found.name = part->name;
  }
  if (first != NULL && found.name == NULL)
    found.name = first->name;
  return found;
}

/**
 * jmp_status_files_lost:
 * @session: a session with a plan
 *
 * Returns: (transfer full) (nullable): that the person's own files would be lost, or %NULL when they are
 *   not, or nobody knows where they are
 */
char *
jmp_status_files_lost (JmpSession *session)
{
  const OwnFiles files = look_for_files (session);

  /* Translators: %s is the name of a part of the memory: "PYBFLASH". */
  return files.lost ? g_strdup_printf (_ ("Your files in %s will be overwritten."), files.name)
                    : NULL;
}

static char *
files_sentence (JmpSession *session)
{
  const OwnFiles files = look_for_files (session);

  if (files.lost)
    return jmp_status_files_lost (session);
  return files.any ? g_strdup (_ ("Your files are kept.")) : NULL;
}

static char *
beside_sentence (JmpPlan *look)
{
  guint n_sectors = 0;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (look, &n_sectors);
  gulong bytes = 0;

  for (guint i = 0; i < n_sectors; i++)
    bytes += sectors[i].kept_bytes;
  if (bytes == 0)
    return NULL;
  return g_strdup_printf (ngettext ("Up to %'lu byte beside the firmware is kept.",
                                    "Up to %'lu bytes beside the firmware are kept.",
                                    bytes),
                          bytes);
}

/**
 * jmp_status_kept:
 * @session: a session with a plan
 *
 * What becomes of the person's files, where it is known where those are, and of other bytes that the
 * firmware does not name.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL when there is nothing to say
 */
char *
jmp_status_kept (JmpSession *session)
{
  g_autofree char *files = files_sentence (session);
  g_autofree char *beside = beside_sentence (jmp_session_get_look (session));

  if (files != NULL && beside != NULL)
    return g_strdup_printf ("%s %s", files, beside);
  return files != NULL ? g_steal_pointer (&files) : g_steal_pointer (&beside);
}
