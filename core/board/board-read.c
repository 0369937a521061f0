/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One board of a catalogue, from JSON. The schema: data/catalogue/README.md. */

#include <string.h>

#include "board/board-private.h"
#include "board/catalogue-private.h"

#define MAX_TEXT    100
#define MAX_WORD    64
#define MAX_URL     300
#define MAX_RUNS    32
#define MAX_SECTORS 65536
#define MAX_REGIONS 64
#define MAX_IDS     64
#define MAX_CODES   64

/* A number that an array has at @index. */
static gboolean
element_number (JsonArray *array, guint index, guint64 max, guint32 *out)
{
  JsonNode *node = json_array_get_element (array, index);
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  if (number < 1 || (guint64)number > max)
    return FALSE;
  *out = (guint32)number;
  return TRUE;
}

static gboolean
read_run (JsonNode *node, JmpSectorRun *run)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != 3)
    return FALSE;
  run->access = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE;
  return jmp_address_parse (json_array_get_element (array, 0), &run->address)
         && element_number (array, 1, G_MAXUINT32, &run->size)
         && element_number (array, 2, MAX_SECTORS, &run->count)
         && (guint64)run->size * run->count <= (guint64)G_MAXUINT32 + 1 - run->address;
}

/* The runs of a chip follow each other and are together its flash. */
static void
read_sectors (JmpFields *fields, JmpBoard *board)
{
  JsonArray *array = jmp_fields_array (fields, "sectors", MAX_RUNS);
  guint64 total = 0;
  guint64 end = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JmpSectorRun run;

    if (!read_run (json_array_get_element (array, i), &run) || (i > 0 && run.address != end)) {
      jmp_fields_fail (fields, "\"sectors\" element %u is not a run behind the one before", i);
      return;
    }
    total += (guint64)run.size * run.count;
    end = run.address + (guint64)run.size * run.count;
    g_array_append_val (board->sectors, run);
  }
  if (total != board->flash_size || board->map_size < board->flash_size)
    jmp_fields_fail (fields, "\"sectors\", \"flash\" and \"map\" contradict each other");
}

static gboolean
comes_after (GArray *regions, const JmpRegion *region)
{
  const JmpRegion *last;

  if (regions->len == 0)
    return TRUE;
  last = &g_array_index (regions, JmpRegion, regions->len - 1);
  if (last->alt != region->alt)
    return last->alt < region->alt;
  return (guint64)last->address + last->size <= region->address;
}

static gboolean
read_region (JsonNode *node, const char *where, guint index, GArray *regions, GError **error)
{
  g_auto (JmpFields) fields = { 0 };
  g_autofree char *kind = NULL;
  JmpRegion region = { 0 };
  gboolean good;

  jmp_fields_init (&fields, node, "%s, region %u", where, index);
  kind = jmp_fields_word (&fields, "kind", MAX_WORD, JMP_FIELD_REQUIRED);
  region.alt = (guint8)jmp_fields_number (&fields, "alt", 254);
  region.address = jmp_fields_address (&fields, "start");
  region.size = (guint32)jmp_fields_number (&fields, "size", G_MAXUINT32);
  region.reserved = jmp_fields_flag (&fields, "reserved", JMP_FIELD_REQUIRED);
  region.name = jmp_fields_text (&fields, "name", MAX_TEXT, JMP_FIELD_REQUIRED);
  if (kind != NULL
      && (!jmp_region_kind_from_string (kind, &region.kind)
          || region.kind >= JMP_REGION_OPTION_BYTES))
    jmp_fields_fail (&fields, "no such kind: %s", kind);
  if (region.size == 0 || region.size > (guint64)G_MAXUINT32 + 1 - region.address)
    jmp_fields_fail (&fields, "empty, or passes 4 GiB");
  if (!comes_after (regions, &region))
    jmp_fields_fail (&fields, "overlaps the one before, or stands in the wrong order");
  good = jmp_fields_end (&fields, error);
  if (good)
    g_array_append_val (regions, region);
  else
    g_free (region.name);
  return good;
}

static void
read_regions (JmpFields *fields, JmpBoard *board)
{
  JsonArray *array = jmp_fields_array (fields, "regions", MAX_REGIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_region (
            json_array_get_element (array, i), fields->where, i, board->regions, &fields->error))
      return;
}

static void
read_elements (JmpFields *fields, JmpBoard *board)
{
  JsonArray *array = jmp_fields_array (fields, "elements", MAX_REGIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    guint32 address;

    if (!jmp_address_parse (json_array_get_element (array, i), &address)) {
      jmp_fields_fail (fields, "\"elements\" has something that is not an address");
      return;
    }
    g_array_append_val (board->elements, address);
  }
}

/* "0483:df11" */
static gboolean
parse_id (JsonNode *node, JmpUsbId *out)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  guint64 number;

  if (text == NULL || strlen (text) != 9 || text[4] != ':')
    return FALSE;
  for (guint i = 0; i < 9; i++)
    if (i != 4 && !g_ascii_isxdigit (text[i]))
      return FALSE;
  number = g_ascii_strtoull (text, NULL, 16);
  out->vid = (guint16)number;
  out->pid = (guint16)g_ascii_strtoull (text + 5, NULL, 16);
  return TRUE;
}

static void
read_ids (JmpFields *fields, const char *key, GArray *ids)
{
  JsonArray *array = jmp_fields_array (fields, key, MAX_IDS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JmpUsbId id;

    if (!parse_id (json_array_get_element (array, i), &id)) {
      jmp_fields_fail (fields, "\"%s\" has something that is not a USB id", key);
      return;
    }
    g_array_append_val (ids, id);
  }
}

/* What @group.@code is in words. Every code must have them. */
static char *
find_words (JmpFields *fields, JmpCatalogue *catalogue, const char *group, const char *code)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", group, code);
  const char *words = g_hash_table_lookup (catalogue->words, key);

  if (words == NULL)
    jmp_fields_fail (fields, "no words for %s", key);
  return g_strdup (words);
}

static void
read_codes (
    JmpFields *fields, const char *key, const char *group, JmpCatalogue *catalogue, GArray *out)
{
  g_auto (GStrv) codes = jmp_fields_words (fields, key, MAX_CODES);

  for (guint i = 0; codes[i] != NULL; i++) {
    JmpWords words = { g_strdup (codes[i]), find_words (fields, catalogue, group, codes[i]) };

    g_array_append_val (out, words);
  }
}

static gboolean
read_one_advice (
    JsonNode *node, const char *where, JmpCatalogue *catalogue, GArray *out, GError **error)
{
  g_auto (JmpFields) fields = { 0 };
  g_autofree char *kind = NULL;
  g_autofree char *code = NULL;
  JmpAdvice advice = { 0 };

  jmp_fields_init (&fields, node, "%s, advice %u", where, out->len);
  kind = jmp_fields_word (&fields, "kind", MAX_WORD, JMP_FIELD_REQUIRED);
  code = jmp_fields_word (&fields, "code", MAX_WORD, JMP_FIELD_REQUIRED);
  if (kind != NULL && !jmp_advice_kind_from_string (kind, &advice.kind))
    jmp_fields_fail (&fields, "no such kind: %s", kind);
  if (out->len > 0 && g_array_index (out, JmpAdvice, out->len - 1).kind < advice.kind)
    jmp_fields_fail (&fields, "more serious than the one before");
  if (code != NULL)
    advice.reason.words = find_words (&fields, catalogue, "advice", code);
  if (!jmp_fields_end (&fields, error)) {
    g_free (advice.reason.words);
    return FALSE;
  }
  advice.reason.code = g_steal_pointer (&code);
  g_array_append_val (out, advice);
  return TRUE;
}

static void
read_advice (JmpFields *fields, JmpCatalogue *catalogue, JmpBoard *board)
{
  JsonArray *array = jmp_fields_array (fields, "advice", MAX_CODES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_one_advice (json_array_get_element (array, i),
                          fields->where,
                          catalogue,
                          board->advice,
                          &fields->error))
      return;
}

static char *
read_url (JmpFields *fields, const char *key)
{
  g_autofree char *url = jmp_fields_text (fields, key, MAX_URL, JMP_FIELD_OPTIONAL);

  if (url != NULL && !g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://"))
    jmp_fields_fail (fields, "\"%s\" is not the address of a page", key);
  return g_steal_pointer (&url);
}

static void
read_identity (JmpFields *fields, JmpBoard *board)
{
  board->id = jmp_fields_word (fields, "id", MAX_WORD, JMP_FIELD_REQUIRED);
  board->old_names = jmp_fields_words (fields, "old_names", MAX_CODES);
  board->product = jmp_fields_text (fields, "product", MAX_TEXT, JMP_FIELD_REQUIRED);
  board->vendor = jmp_fields_text (fields, "vendor", MAX_TEXT, JMP_FIELD_REQUIRED);
  board->machine = jmp_fields_text (fields, "machine", MAX_TEXT, JMP_FIELD_OPTIONAL);
  board->mcu = jmp_fields_text (fields, "mcu", MAX_TEXT, JMP_FIELD_REQUIRED);
  board->part = jmp_fields_word (fields, "part", MAX_WORD, JMP_FIELD_OPTIONAL);
  board->boot_loader = jmp_fields_word (fields, "boot_loader", MAX_WORD, JMP_FIELD_REQUIRED);
  board->has_stlink = jmp_fields_flag (fields, "stlink", JMP_FIELD_REQUIRED);
  board->page = read_url (fields, "page");
  board->url = read_url (fields, "url");
}

static void
read_memory (JmpFields *fields, JmpBoard *board)
{
  board->flash_size = (guint32)jmp_fields_number (fields, "flash", G_MAXINT32);
  board->map_size = (guint32)jmp_fields_number (fields, "map", G_MAXINT32);
  board->ram_size = (guint32)jmp_fields_number (fields, "ram", G_MAXINT32);
  read_sectors (fields, board);
  read_regions (fields, board);
  read_elements (fields, board);
  board->leave_address = jmp_fields_address (fields, "leave");
  board->files_internal = jmp_fields_flag (fields, "files_internal", JMP_FIELD_REQUIRED);
}

static void
read_sources (JmpFields *fields, JmpCatalogue *catalogue, JmpBoard *board)
{
  board->sources = jmp_fields_words (fields, "sources", MAX_CODES);
  board->since = jmp_fields_word (fields, "since", MAX_WORD, JMP_FIELD_OPTIONAL);
  for (guint i = 0; board->sources[i] != NULL; i++)
    if (jmp_catalogue_find_source (catalogue, board->sources[i]) == NULL)
      jmp_fields_fail (fields, "no source %s", board->sources[i]);
  if (board->sources[0] != NULL && board->since == NULL)
    jmp_fields_fail (fields, "has sources, but no \"since\"");
}

/* Reads one board; the catalogue has its words and sources already. */
JmpBoard *
jmp_board_read (JsonNode *node, guint index, JmpCatalogue *catalogue, GError **error)
{
  g_autoptr (JmpBoard) board = jmp_board_new_empty ();
  g_auto (JmpFields) fields = { 0 };

  jmp_fields_init (&fields, node, "board %u", index);
  read_identity (&fields, board);
  read_memory (&fields, board);
  read_ids (&fields, "dfu_ids", board->dfu_ids);
  read_ids (&fields, "normal_ids", board->normal_ids);
  read_codes (&fields, "entries", "entry", catalogue, board->entries);
  read_codes (&fields, "variants", "variant", catalogue, board->variants);
  read_advice (&fields, catalogue, board);
  read_sources (&fields, catalogue, board);
  if (board->dfu_ids->len == 0)
    jmp_fields_fail (&fields, "no USB id in DFU mode");
  if (!jmp_fields_end (&fields, error))
    return NULL;
  return g_steal_pointer (&board);
}
