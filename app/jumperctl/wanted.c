/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "jumperctl/library.h"
#include "release/version.h"

#include <string.h>

/**
 * ctl_wanted_clear:
 * @self: what was asked for
 *
 * Frees what @self holds.
 */
void
ctl_wanted_clear (CtlWanted *self)
{
  g_clear_pointer (&self->variant, g_free);
  g_clear_pointer (&self->version, g_free);
}

static char *
list_variants (JmpBoard *board)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < board->variants->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "", g_array_index (board->variants, JmpWords, i).code);
  return g_string_free (text, FALSE);
}

static gboolean
check_wanted (const CtlWanted *wanted, const char *text, GError **error)
{
  JmpBoard *board = wanted->board;

  if (wanted->variant != NULL && jmp_board_find_variant (board, wanted->variant) == NULL) {
    g_autofree char *known = list_variants (board);

    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: %s has no variant %s; %s%s",
                 text,
                 board->id,
                 wanted->variant,
                 *known != '\0' ? "it has " : "it has none",
                 known);
    return FALSE;
  }
  if (wanted->version != NULL && !jmp_version_is_valid (wanted->version)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: \"%s\" is no version, such as 1.29.0",
                 text,
                 wanted->version);
    return FALSE;
  }
  return TRUE;
}

/**
 * ctl_wanted_parse:
 * @catalogue: the boards
 * @text: what was typed
 * @out: (out caller-allocates): what it means; release with ctl_wanted_clear()
 * @error: %JMP_ERROR_USAGE
 *
 * Reads BOARD[-VARIANT][@VERSION].
 *
 * Returns: %FALSE where it names no board that is known, without @error, or where the rest makes no
 *   sense, with it
 */
gboolean
ctl_wanted_parse (JmpCatalogue *catalogue, const char *text, CtlWanted *out, GError **error)
{
  const char *at = strchr (text, '@');
  g_autofree char *build = at != NULL ? g_strndup (text, (gsize)(at - text)) : g_strdup (text);

  *out = (CtlWanted){ 0 };
  if (*build == '\0' || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  out->board = jmp_catalogue_find_by_build (catalogue, build, &out->variant);
  if (out->board == NULL)
    return FALSE;
  if (at != NULL)
    out->version = g_strdup (at[1] == 'v' ? at + 2 : at + 1);
  return check_wanted (out, text, error);
}

/**
 * ctl_wanted_parse_strictly:
 * @catalogue: the boards
 * @text: what was typed
 * @out: (out caller-allocates): what it means; release with ctl_wanted_clear()
 * @error: %JMP_ERROR_USAGE
 *
 * Reads BOARD[-VARIANT][@VERSION] where nothing else can be meant.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_wanted_parse_strictly (JmpCatalogue *catalogue,
                           const char *text,
                           CtlWanted *out,
                           GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (ctl_wanted_parse (catalogue, text, out, &problem))
    return TRUE;
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
  } else {
    g_autofree char *shown = g_filename_display_name (text);

    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: no such board is known (\"jumperctl releases\" lists those that are)",
                 shown);
  }
  return FALSE;
}
