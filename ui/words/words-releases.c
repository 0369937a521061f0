/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-releases.h"

#include "words/words.h"

#include "release/practice.h"

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
 * jmp_words_trust_short:
 * @trust: what is known about a file
 *
 * Returns: (transfer none): the same in a few words, for a line of them
 */
const char *
jmp_words_trust_short (JmpTrust trust)
{
  switch (trust) {
  case JMP_TRUST_PINNED:
  case JMP_TRUST_PUBLISHED:
    return C_ ("trust", "hash is right");
  case JMP_TRUST_SEEN:
    return C_ ("trust", "same as when first seen");
  case JMP_TRUST_LOCAL:
    return C_ ("trust", "check sum is right");
  case JMP_TRUST_UNPUBLISHED:
    break;
  }
  return C_ ("trust", "no hash is published");
}

/**
 * jmp_words_download:
 * @progress: how far a download is
 *
 * Returns: (transfer full): translated words: how much of how much, how fast, how long it takes
 */
char *
jmp_words_download (const JmpDownloadProgress *progress)
{
  g_autofree char *done = jmp_words_size (progress->bytes);
  g_autofree char *total = progress->total > 0 ? jmp_words_size (progress->total) : NULL;
  g_autofree char *speed = progress->speed > 0 ? jmp_words_speed (progress->speed) : NULL;
  g_autofree char *left = jmp_words_time_left (progress->seconds_left);

  if (progress->bytes == 0)
    return g_strdup (_ ("Getting the firmware…"));
  if (total == NULL || speed == NULL)
    return total == NULL ? g_strdup (done)
                         /* Translators: how many bytes of how many. */
                         : g_strdup_printf (_ ("%s of %s"), done, total);
  if (left == NULL)
    /* Translators: how many bytes of how many, and how fast. */
    return g_strdup_printf (_ ("%s of %s · %s"), done, total, speed);
  /* Translators: how many bytes of how many, how fast, and how long it takes. */
  return g_strdup_printf (_ ("%s of %s · %s · %s"), done, total, speed, left);
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

/* The sources of the catalogue that have nothing else. */
static gboolean
is_micropython (const JmpRelease *release)
{
  return g_str_has_prefix (release->feed, "micropython") || g_str_equal (release->feed, "arduino");
}

/**
 * jmp_words_release_name:
 * @release: a release
 *
 * What to call a release where the board is known: "MicroPython 1.29.0".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_release_name (const JmpRelease *release)
{
  if (is_micropython (release))
    return g_strdup_printf ("MicroPython %s", release->version);
  if (jmp_practice_is (release))
    /* Translators: what a practice board is updated to; %s is a version. */
    return g_strdup_printf (_ ("Practice Firmware %s"), release->version);
  /* Translators: %s is a version: "1.29.0". */
  return g_strdup_printf (_ ("Version %s"), release->version);
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
 * jmp_words_release_place:
 * @release: a release
 * @downloaded: whether it is on this computer
 * @size: bytes, 0 when not known
 *
 * As jmp_words_release_state(), where the release can be one that the program brings along.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_release_place (const JmpRelease *release, gboolean downloaded, guint64 size)
{
  if (jmp_practice_is (release))
    return g_strdup (_ ("part of this program"));
  return jmp_words_release_state (downloaded, size);
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
 * jmp_words_source_kind:
 * @kind: a kind of source
 *
 * Returns: (transfer none): its translated name
 */
const char *
jmp_words_source_kind (JmpSourceKind kind)
{
  switch (kind) {
  case JMP_SOURCE_TEMPLATE:
    return C_ ("source", "File names that follow a rule");
  case JMP_SOURCE_LINKS:
    return C_ ("source", "Links of a web page");
  case JMP_SOURCE_GITHUB:
    return C_ ("source", "GitHub repository");
  case JMP_SOURCE_FLIPPER:
    return C_ ("source", "Directory with channels");
  case JMP_SOURCE_ARDUINO:
    return C_ ("source", "Index as Arduino has it");
  case JMP_SOURCE_FOLDER:
    return C_ ("source", "Folder of this computer");
  }
  return "";
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
