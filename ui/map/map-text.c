/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "map/map-text.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

#define KIB 1024u
#define MIB (1024u * 1024u)

/* FIRST STRONG ISOLATE would follow the text around it; numbers need LEFT-TO-RIGHT ISOLATE. */
#define LRI "\u2066"
#define PDI "\u2069"

static char *
short_size (guint64 bytes)
{
  if (bytes >= MIB && bytes % MIB == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT "M", bytes / MIB);
  if (bytes >= KIB && bytes % KIB == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT "K", bytes / KIB);
  return g_strdup_printf ("%" G_GUINT64_FORMAT "B", bytes);
}

/**
 * jmp_map_text_cell_size:
 * @span: a span
 *
 * What stands in its box: "128K", or "4×2K" where it is several sectors.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_map_text_cell_size (const JmpMapSpan *span)
{
  g_autofree char *each = short_size (span->sector_size);

  if (span->count == 1)
    return g_steal_pointer (&each);
  return g_strdup_printf ("%u×%s", span->count, each);
}

/**
 * jmp_map_text_cell_address:
 * @span: a span
 *
 * What stands under its box: eight digits.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_map_text_cell_address (const JmpMapSpan *span)
{
  return g_strdup_printf ("%08X", span->address);
}

/**
 * jmp_map_text_sectors:
 * @span: a span
 *
 * Which sectors it is: "Sector 5", "Sectors 0–3".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_map_text_sectors (const JmpMapSpan *span)
{
  if (span->count == 1)
    return g_strdup_printf (_ ("Sector %u"), span->first);
  /* Translators: first and last sector number. */
  return g_strdup_printf (_ ("Sectors %u–%u"), span->first, span->first + span->count - 1);
}

/**
 * jmp_map_text_range:
 * @span: a span
 *
 * First and last byte, as it is copied: "0x08020000–0x0803FFFF".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_map_text_range (const JmpMapSpan *span)
{
  return jmp_words_range (span->address, jmp_map_span_size (span));
}

/**
 * jmp_map_text_spoken_address:
 * @address: an address
 *
 * An address in two groups of digits, which a screen reader reads and a person hears more easily:
 * "0x0802 0000".
 *
 * Returns: (transfer full): the text
 */
char *
jmp_map_text_spoken_address (guint32 address)
{
  return g_strdup_printf ("0x%04X %04X", address >> 16, address & 0xFFFF);
}

/**
 * jmp_map_text_state:
 * @state: a state
 *
 * A state in words, in lower case; empty for %JMP_MAP_IDLE, which says nothing.
 *
 * Returns: (transfer none): the words
 */
const char *
jmp_map_text_state (JmpMapState state)
{
  switch (state) {
  case JMP_MAP_IDLE:
    return "";
  case JMP_MAP_UNTOUCHED:
    return C_ ("sector", "not touched");
  case JMP_MAP_KEPT:
    return C_ ("sector", "kept: your files");
  case JMP_MAP_WILL_REWRITE:
    return C_ ("sector", "will be erased and written");
  case JMP_MAP_WILL_ERASE:
    return C_ ("sector", "will be erased");
  case JMP_MAP_WILL_WRITE:
    return C_ ("sector", "will be written");
  case JMP_MAP_WILL_COMPARE:
    return C_ ("sector", "will be compared");
  case JMP_MAP_WILL_READ:
    return C_ ("sector", "will be read");
  case JMP_MAP_COMPARING:
    return C_ ("sector", "being compared");
  case JMP_MAP_COMPARED:
    return C_ ("sector", "compared");
  case JMP_MAP_READING:
    return C_ ("sector", "being read");
  case JMP_MAP_ERASING:
    return C_ ("sector", "being erased");
  case JMP_MAP_ERASED:
    return C_ ("sector", "erased, to be written");
  case JMP_MAP_WRITING:
    return C_ ("sector", "being written");
  case JMP_MAP_WRITTEN:
    return C_ ("sector", "written, to be verified");
  case JMP_MAP_VERIFYING:
    return C_ ("sector", "being verified");
  case JMP_MAP_READ:
    return C_ ("sector", "read");
  case JMP_MAP_BLANK:
    return C_ ("sector", "erased");
  case JMP_MAP_VERIFIED:
    return C_ ("sector", "written and verified");
  case JMP_MAP_EQUAL:
    return C_ ("sector", "already right");
  case JMP_MAP_UNCHANGED:
    return C_ ("sector", "left as it was");
  case JMP_MAP_UNVERIFIED:
    return C_ ("sector", "written, not verified");
  case JMP_MAP_LEFT_ERASED:
    return C_ ("sector", "left erased");
  case JMP_MAP_INCOMPLETE:
    return C_ ("sector", "left incomplete");
  case JMP_MAP_DIFFERS:
    return C_ ("sector", "differs from the file");
  }
  g_return_val_if_reached ("");
}

/**
 * jmp_map_text_protection:
 * @access: what may be done with a sector
 *
 * What is out of reach there, in lower case.
 *
 * Returns: (transfer none) (nullable): the words, or %NULL where it may be read and written
 */
const char *
jmp_map_text_protection (JmpAccess access)
{
  if ((access & (JMP_ACCESS_READ | JMP_ACCESS_WRITE)) == 0)
    return C_ ("sector", "protected");
  if ((access & JMP_ACCESS_WRITE) == 0)
    return C_ ("sector", "read-only");
  return (access & JMP_ACCESS_READ) == 0 ? C_ ("sector", "cannot be read") : NULL;
}

/**
 * jmp_map_text_span_state:
 * @span: a span
 * @state: its state
 *
 * The state of a span in words. Where the plan means only some of its sectors, it says so.
 *
 * Returns: (transfer full): the words, empty where there is nothing to say
 */
char *
jmp_map_text_span_state (const JmpMapSpan *span, JmpMapState state)
{
  const char *words = jmp_map_text_state (state);

  if (span->touched == 0 || span->touched == span->count || state == JMP_MAP_IDLE)
    return g_strdup (words);
  /* Translators: what happens, then how many of how many sectors it happens to. */
  return g_strdup_printf (_ ("%s (%u of %u sectors)"), words, span->touched, span->count);
}

/**
 * jmp_map_text_kept:
 * @span: a span
 *
 * How many of its bytes are put back after the erase, in lower case.
 *
 * Returns: (transfer full) (nullable): the words, or %NULL where there are none
 */
char *
jmp_map_text_kept (const JmpMapSpan *span)
{
  g_autofree char *size = NULL;

  if (span->kept_bytes == 0)
    return NULL;
  size = jmp_words_size (span->kept_bytes);
  /* Translators: %s is an amount: "1.5 KiB", of bytes that do not belong to the firmware. */
  return g_strdup_printf (_ ("%s kept"), size);
}

/**
 * jmp_map_text_label:
 * @span: a span
 * @state: its state
 * @name: (nullable): what that part of the memory is called
 *
 * All about a span in one sentence, for a screen reader: "Sector 5, 128 KiB at 0x0802 0000, will be
 * erased and written". No percentage: it would be spoken at every change.
 *
 * Returns: (transfer full): the sentence
 */
char *
jmp_map_text_label (const JmpMapSpan *span, JmpMapState state, const char *name)
{
  g_autofree char *sectors = jmp_map_text_sectors (span);
  g_autofree char *size = jmp_words_size (jmp_map_span_size (span));
  g_autofree char *address = jmp_map_text_spoken_address (span->address);
  g_autofree char *words = jmp_map_text_span_state (span, state);
  const char *protection = jmp_map_text_protection (span->access);
  /* Translators: "Sector 5", its size, its address. */
  g_autofree char *place = g_strdup_printf (_ ("%s, %s at %s"), sectors, size, address);
  g_autofree char *kept = jmp_map_text_kept (span);
  const char *parts[6] = { place };
  guint n = 1;

  if (name != NULL && *name != '\0')
    parts[n++] = name;
  if (protection != NULL)
    parts[n++] = protection;
  if (*words != '\0')
    parts[n++] = words;
  if (kept != NULL)
    parts[n++] = kept;
  /* Translators: stands between the parts of a list. */
  return g_strjoinv (C_ ("list", ", "), (char **)parts);
}

/**
 * jmp_map_text_tooltip:
 * @span: a span
 * @state: its state
 * @name: (nullable): what that part of the memory is called
 *
 * What a pointer that rests on a box is told: name, range, size and state, a line each.
 *
 * Returns: (transfer full): the lines
 */
char *
jmp_map_text_tooltip (const JmpMapSpan *span, JmpMapState state, const char *name)
{
  g_autofree char *sectors = jmp_map_text_sectors (span);
  g_autofree char *size = jmp_words_size (jmp_map_span_size (span));
  g_autofree char *range = jmp_map_text_range (span);
  g_autofree char *isolated = jmp_map_text_isolate (range);
  g_autofree char *words = jmp_map_text_span_state (span, state);
  g_autofree char *kept = jmp_map_text_kept (span);
  const char *protection = jmp_map_text_protection (span->access);
  GString *text = g_string_new (sectors);

  if (name != NULL && *name != '\0')
    g_string_append_printf (text, " · %s", name);
  g_string_append_printf (text, "\n%s\n%s", isolated, size);
  if (protection != NULL)
    g_string_append_printf (text, "\n%s", protection);
  if (*words != '\0')
    g_string_append_printf (text, "\n%s", words);
  if (kept != NULL)
    g_string_append_printf (text, "\n%s", kept);
  return g_string_free (text, FALSE);
}

/**
 * jmp_map_text_legend:
 * @what: a state in words
 * @sectors: how many sectors it is true of
 * @bytes: their size
 *
 * A line of the legend: "will be erased and written · 5 sectors, 592 KiB".
 *
 * Returns: (transfer full): the line
 */
char *
jmp_map_text_legend (const char *what, guint sectors, guint64 bytes)
{
  g_autofree char *size = jmp_words_size (bytes);

  /* Translators: what is true of them, how many sectors, their size together. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s · %u sector, %s", "%s · %u sectors, %s", sectors),
      what,
      sectors,
      size);
}

/**
 * jmp_map_text_isolate:
 * @text: an address or a range
 *
 * The same text, kept in its order where the text around it runs from right to left.
 *
 * Returns: (transfer full): the text between marks that are not seen
 */
char *
jmp_map_text_isolate (const char *text)
{
  return g_strconcat (LRI, text, PDI, NULL);
}
