/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-releases.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/**
 * jmp_words_trust:
 * @trust: what is known about a file
 * @encrypted: whether it comes over an encrypted connection
 *
 * What is known to be true about a file that was downloaded, and no more.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
jmp_words_trust (JmpTrust trust, gboolean encrypted)
{
  switch (trust) {
  case JMP_TRUST_PINNED:
    return _ ("It matches the hash that this program has for it.");
  case JMP_TRUST_PUBLISHED:
    return _ ("It matches the hash that its source published.");
  case JMP_TRUST_SEEN:
    return _ ("It is the same as when it first came to this computer; no hash is published.");
  case JMP_TRUST_LOCAL:
    return _ ("It is a file of this computer; its own check sum is right.");
  case JMP_TRUST_UNPUBLISHED:
    break;
  }
  if (encrypted)
    return _ ("No hash is published: only the encrypted connection and the file’s own check sum "
              "speak for it.");
  return _ ("No hash is published and the connection is not encrypted: only the file’s own check "
            "sum speaks for it.");
}

/**
 * jmp_words_day:
 * @date: (nullable): YYYYMMDD
 *
 * A day as it is written everywhere: "2026-08-24".
 *
 * Returns: (transfer full): the text; empty when the day is not known
 */
char *
jmp_words_day (const char *date)
{
  if (date == NULL || strlen (date) != 8)
    return g_strdup (date != NULL ? date : "");
  return g_strdup_printf ("%.4s-%.2s-%s", date, date + 4, date + 6);
}

/**
 * jmp_words_release:
 * @release: a release
 *
 * A release in a few words: "PYBV11-DP 1.29.0 of 2026-08-24".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_release (const JmpRelease *release)
{
  g_autofree char *day = jmp_words_day (release->date);
  g_autofree char *build = g_strjoin ("-",
                                      release->board_id != NULL ? release->board_id
                                                                : release->file_name,
                                      release->variant,
                                      NULL);

  if (*day == '\0')
    return g_strdup_printf ("%s %s", build, release->version);
  /* Translators: a board's name, a version, a day. */
  return g_strdup_printf (_ ("%s %s of %s"), build, release->version, day);
}

/**
 * jmp_words_release_state:
 * @downloaded: whether it is on this computer
 * @size: bytes, 0 when not known
 *
 * Whether it takes a network to have it.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_release_state (gboolean downloaded, guint64 size)
{
  g_autofree char *bytes = size > 0 ? jmp_words_size (size) : NULL;

  if (downloaded)
    return g_strdup (_ ("downloaded"));
  if (bytes == NULL)
    return g_strdup (_ ("to download"));
  return g_strdup_printf (_ ("%s to download"), bytes);
}

/**
 * jmp_words_variant:
 * @board: a board
 * @variant: (nullable): a build of its firmware
 *
 * What a build is good for: "double-precision numbers".
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_variant (JmpBoard *board, const char *variant)
{
  if (variant == NULL)
    return g_strdup (_ ("the standard firmware"));
  for (guint i = 0; i < board->variants->len; i++) {
    const JmpWords *known = &g_array_index (board->variants, JmpWords, i);

    if (g_str_equal (known->code, variant) && known->words != NULL)
      return g_strdup (g_dgettext (GETTEXT_PACKAGE, known->words));
  }
  return g_strdup (variant);
}

/**
 * jmp_words_board:
 * @board: a board
 *
 * What it is sold as, by whom, and its name in the world of its firmware.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_board (JmpBoard *board)
{
  /* Translators: a product, its short name, its maker. */
  return g_strdup_printf (_ ("%s (%s), by %s"), board->product, board->id, board->vendor);
}

/**
 * jmp_words_advice:
 * @advice: what the catalogue says about a board
 *
 * Returns: (transfer full): translated sentences
 */
char *
jmp_words_advice (const JmpAdvice *advice)
{
  const char *words = advice->reason.words;

  return g_strdup (words != NULL ? g_dgettext (GETTEXT_PACKAGE, words) : advice->reason.code);
}

/**
 * jmp_words_version_change:
 * @change: what the update is
 * @from: (nullable): the version before
 * @to: the version after
 *
 * What an update does to the version; a downgrade is called one.
 *
 * Returns: (transfer full) (nullable): a translated sentence, %NULL when nothing is known
 */
char *
jmp_words_version_change (JmpVersionChange change, const char *from, const char *to)
{
  switch (change) {
  case JMP_CHANGE_UPGRADE:
    return g_strdup_printf (_ ("This is an upgrade, from %s to %s."), from, to);
  case JMP_CHANGE_SAME:
    return g_strdup_printf (_ ("This is version %s again."), to);
  case JMP_CHANGE_DOWNGRADE:
    return g_strdup_printf (_ ("This is a downgrade, from %s to the older %s."), from, to);
  case JMP_CHANGE_UNKNOWN:
    break;
  }
  return NULL;
}
