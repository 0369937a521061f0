/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

#define KIB ((guint64)1 << 10)
#define MIB ((guint64)1 << 20)

/* A whole number of units has no fraction; anything else has one digit. */
static char *
in_units (guint64 bytes, guint64 unit)
{
  if (bytes % unit == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, bytes / unit);
  return g_strdup_printf ("%.1f", (double)bytes / (double)unit);
}

/**
 * jmp_words_size:
 * @bytes: a number of bytes
 *
 * A size in binary units, as data sheets give it: "1 MiB", "397.5 KiB", "16 bytes".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_size (guint64 bytes)
{
  g_autofree char *number = NULL;

  if (bytes < KIB)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", (gulong)bytes),
                            (guint)bytes);
  if (bytes % MIB == 0 || bytes >= 8 * MIB) {
    number = in_units (bytes, MIB);
    return g_strdup_printf (_ ("%s MiB"), number);
  }
  number = in_units (bytes, KIB);
  return g_strdup_printf (_ ("%s KiB"), number);
}

/**
 * jmp_words_address:
 * @address: an address of the board's memory
 *
 * An address the way every data sheet and every tool writes it: "0x08004000".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_address (guint32 address)
{
  return g_strdup_printf ("0x%08X", address);
}

/**
 * jmp_words_range:
 * @address: the first byte
 * @length: bytes, at least 1
 *
 * A range by its first and its last byte: "0x08004000–0x0801FFFF".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_range (guint32 address, guint64 length)
{
  guint64 last = length == 0 ? address : (guint64)address + length - 1;

  return g_strdup_printf ("0x%08X–0x%08X", address, (guint32)MIN (last, G_MAXUINT32));
}

/**
 * jmp_words_speed:
 * @bytes_per_second: how fast the work goes
 *
 * A speed: "41.3 KiB/s".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_speed (double bytes_per_second)
{
  double kib = MAX (bytes_per_second, 0) / (double)KIB;

  if (kib >= 8192)
    return g_strdup_printf (_ ("%.1f MiB/s"), kib / 1024);
  return g_strdup_printf (kib < 100 ? _ ("%.1f KiB/s") : _ ("%.0f KiB/s"), kib);
}

/**
 * jmp_words_duration:
 * @seconds: how long something took
 *
 * A time that has passed: "9.8 s", "2 min 5 s".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_duration (double seconds)
{
  guint whole = (guint)CLAMP (seconds + 0.5, 0, 1e6);

  if (seconds < 60)
    return g_strdup_printf (_ ("%.1f s"), MAX (seconds, 0));
  return g_strdup_printf (_ ("%u min %u s"), whole / 60, whole % 60);
}

/**
 * jmp_words_time_left:
 * @seconds: how long the work still takes, or less than 0 where that is not known
 *
 * A time to come, no more exact than a guess can be.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where it is not known
 */
char *
jmp_words_time_left (double seconds)
{
  guint whole;

  if (!(seconds >= 0))
    return NULL;
  whole = (guint)CLAMP (seconds + 0.5, 0, 1e6);
  if (whole < 60) {
    whole = MAX (whole, 1);
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u second left", "%u seconds left", whole), whole);
  }
  whole = (whole + 30) / 60;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute left", "%u minutes left", whole),
                          whole);
}

/**
 * jmp_words_ids:
 * @vid: idVendor
 * @pid: idProduct
 *
 * USB ids as every tool writes them: "0483:df11".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_words_ids (guint16 vid, guint16 pid)
{
  return g_strdup_printf ("%04x:%04x", vid, pid);
}
