/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/image.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* How many parts a sentence lists. */
#define MAX_LISTED 12

static void
add_ranges (JsonBuilder *builder, const JmpFitReport *report)
{
  json_builder_set_member_name (builder, "ranges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->ranges->len; i++) {
    const JmpFitRange *range = &g_array_index (report->ranges, JmpFitRange, i);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "alt", range->alt);
    ctl_json_number (builder, "address", range->address);
    ctl_json_number (builder, "size", range->size);
    ctl_json_number (builder, "missing", range->missing);
    ctl_json_number (builder, "past_end", range->past);
    ctl_json_boolean (builder, "writable", range->writable);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_sectors (JsonBuilder *builder, const JmpFitReport *report)
{
  json_builder_set_member_name (builder, "sectors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->sectors->len; i++) {
    const JmpFitSector *sector = &g_array_index (report->sectors, JmpFitSector, i);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "alt", sector->alt);
    ctl_json_number (builder, "address", sector->sector.address);
    ctl_json_number (builder, "size", sector->sector.size);
    ctl_json_number (builder, "used", sector->used);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/**
 * ctl_fit_json:
 * @builder: inside an object
 * @report: whether a file fits
 *
 * Adds the members of an element of "fits", but for its name and what went wrong.
 */
void
ctl_fit_json (JsonBuilder *builder, const JmpFitReport *report)
{
  ctl_json_number (builder, "past_end", report->past);
  ctl_json_number (builder, "missing", report->missing);
  ctl_json_number (builder, "memory", report->memory_size);
  ctl_json_number (builder, "used", report->used);
  ctl_json_number (builder, "touched", report->touched);
  ctl_json_string (builder, "stack", jmp_fit_answer_to_string (report->stack));
  ctl_json_string (builder, "entry", jmp_fit_answer_to_string (report->entry));
  ctl_json_string (builder, "abi", jmp_fit_answer_to_string (report->abi));
  ctl_json_string (builder, "family", jmp_fit_answer_to_string (report->family));
  ctl_json_number (builder, "least_ram", report->least_ram);
  add_ranges (builder, report);
  add_sectors (builder, report);
  json_builder_set_member_name (builder, "takers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->takers->len; i++)
    json_builder_add_string_value (builder, report->takers->pdata[i]);
  json_builder_end_array (builder);
}

static void
print_takers (CtlSession *session, const JmpFitReport *report)
{
  GString *names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < MIN (report->takers->len, MAX_LISTED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", (char *)report->takers->pdata[i]);
  if (report->takers->len > MAX_LISTED)
    g_string_append (names, "…");
  text = g_string_free (names, FALSE);
  if (report->takers->len > 0)
    ctl_session_print (session, _ ("  parts of the same line that take it: %s\n"), text);
}

/* Whether the last byte of the file is the last byte of the memory. */
static gboolean
ends_with_memory (const JmpFitReport *report)
{
  const JmpFitRange *range;
  const JmpFitSector *sector;

  if (report->ranges->len == 0 || report->sectors->len == 0 || report->missing > 0)
    return FALSE;
  range = &g_array_index (report->ranges, JmpFitRange, report->ranges->len - 1);
  sector = &g_array_index (report->sectors, JmpFitSector, report->sectors->len - 1);
  return range->alt == 0
         && (guint64)range->address + range->size == jmp_sector_end (&sector->sector)
         && jmp_sector_end (&sector->sector) == 0x08000000 + report->memory_size;
}

static void
print_memory (CtlSession *session, const JmpFitReport *report)
{
  g_autofree char *used = jmp_words_size (report->used);
  g_autofree char *memory = jmp_words_size (report->memory_size);
  g_autofree char *left = jmp_words_size (report->memory_size
                                          - MIN (report->touched, report->memory_size));
  g_autofree char *missing = jmp_words_size (report->missing);

  if (report->past > 0)
    ctl_session_print (session,
                       _ ("  too large for %s: it ends %u bytes past the end of %s of flash\n"),
                       report->name,
                       report->past,
                       memory);
  else if (report->missing > 0)
    ctl_session_print (
        session, _ ("  for %s of it there is no memory on %s\n"), missing, report->name);
  else
    ctl_session_print (session,
                       ngettext ("  uses %s of %s, in %u sector; %s stay free\n",
                                 "  uses %s of %s, in %u sectors; %s stay free\n",
                                 report->sectors->len),
                       used,
                       memory,
                       report->sectors->len,
                       left);
  if (ends_with_memory (report))
    ctl_session_print (session, _ ("  it ends with the last byte of the flash\n"));
}

/**
 * ctl_fit_print:
 * @session: a session
 * @report: whether a file fits
 *
 * Prints what speaks for and against it, a line each.
 */
void
ctl_fit_print (CtlSession *session, const JmpFitReport *report)
{
  g_autofree char *ram = jmp_words_size (report->least_ram);

  print_memory (session, report);
  if (report->least_ram > 0)
    ctl_session_print (session, _ ("  its stack pointer implies %s of RAM at least\n"), ram);
  if (report->stack == JMP_FIT_ANSWER_NO)
    ctl_session_print (session, _ ("  %s has no RAM where its stack begins\n"), report->name);
  if (report->entry == JMP_FIT_ANSWER_NO)
    ctl_session_print (session, _ ("  its start address is not in the file\n"));
  if (report->needs_fpu)
    ctl_session_print (session, _ ("  it needs an FPU, and %s has none\n"), report->name);
  else if (report->abi == JMP_FIT_ANSWER_NO)
    ctl_session_print (
        session, _ ("  it is built for another core than that of %s\n"), report->name);
  if (report->family == JMP_FIT_ANSWER_NO)
    ctl_session_print (session, _ ("  its UF2 family is not that of %s\n"), report->name);
  print_takers (session, report);
}
