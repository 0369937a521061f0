/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading memory-layout strings. */

#include "base/error.h"
#include "dfu/layout-private.h"

#include <string.h>

/* A string descriptor has room for about 60 runs, and no known part has more than 32768 sectors.
 * A device that claims more is not believed: every sector may become a row on a screen. */
#define MAX_RUNS    256
#define MAX_SECTORS (1u << 18)

/* Numbers of any length; what does not fit in 33 bits is out of reach and stays there. */
static gboolean
read_number (const char **at, guint base, guint64 *out)
{
  const char *p = *at;
  guint64 value = 0;

  for (; base == 16 ? g_ascii_isxdigit (*p) : g_ascii_isdigit (*p); p++)
    value = MIN (value * base + (guint)g_ascii_xdigit_value (*p), JMP_LAYOUT_FOUR_GIB);
  if (p == *at)
    return FALSE;
  *at = p;
  *out = value;
  return TRUE;
}

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

static gboolean
is_type (char c)
{
  return (c >= 'a' && c <= 'g') || (c >= 'A' && c <= 'G');
}

/* The multiplier, if any, and the type letter. "B" is both; it is the multiplier where a type letter
 * follows it. */
static gboolean
read_unit (const char **at, guint64 *factor, JmpAccess *access)
{
  const char *p = skip_space (*at);
  const char *after = *p != '\0' ? skip_space (p + 1) : p;

  *factor = 1;
  if ((*p == 'B' || *p == 'K' || *p == 'M') && is_type (*after)) {
    *factor = *p == 'K' ? 1024 : *p == 'M' ? 1024 * 1024 : 1;
    p = after;
  }
  if (!is_type (*p))
    return FALSE;
  *access = (JmpAccess)(*p & 7);
  *at = p + 1;
  return TRUE;
}

/* seg = ws int ws '*' ws int ws? [BKM ]? ws? [a-gA-G] */
static gboolean
read_segment (const char **at, JmpLayoutBuilder *builder, guint64 *address)
{
  const char *p = skip_space (*at);
  guint64 count, size, factor;
  JmpAccess access;

  if (!read_number (&p, 10, &count))
    return FALSE;
  p = skip_space (p);
  if (*p != '*')
    return FALSE;
  p = skip_space (p + 1);
  if (!read_number (&p, 10, &size) || !read_unit (&p, &factor, &access))
    return FALSE;
  *address = jmp_layout_builder_add (
      builder, *address, count, MIN (size * factor, JMP_LAYOUT_FOUR_GIB), access);
  *at = skip_space (p);
  return TRUE;
}

/* '/' ws '0x' hex ws '/'; stays on the second slash. */
static gboolean
read_zone_address (const char **at, guint64 *address)
{
  const char *p = *at;

  if (*p != '/')
    return FALSE;
  p = skip_space (p + 1);
  if (p[0] != '0' || (p[1] != 'x' && p[1] != 'X'))
    return FALSE;
  p += 2;
  if (!read_number (&p, 16, address))
    return FALSE;
  p = skip_space (p);
  if (*p != '/')
    return FALSE;
  *at = p;
  return TRUE;
}

/* Every zone of @text. Junk ends a zone; the next one has its own address, so it still counts. */
static void
read_zones (const char *text, JmpLayoutBuilder *builder)
{
  const char *p = text;

  while ((p = strchr (p, '/')) != NULL && builder->runs->len <= MAX_RUNS) {
    const char *segment;
    guint64 address;

    if (!read_zone_address (&p, &address)) {
      p++;
      continue;
    }
    segment = p + 1;
    while (builder->runs->len <= MAX_RUNS && read_segment (&segment, builder, &address)
           && *segment == ',')
      segment++;
    /* Without a segment this is the second slash again: it may begin the next zone. */
    p = segment - 1;
  }
}

/* The name stands before the first zone; the slash of a name like "A/B" is not one. */
static char *
read_name (const char *text)
{
  GString *name = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++) {
    const char *zone = p;
    guint64 address;

    if (read_zone_address (&zone, &address))
      break;
    if (g_ascii_isprint (*p))
      g_string_append_c (name, *p);
  }
  g_strstrip (name->str);
  return g_string_free (name, FALSE);
}

/* Old F4 ROMs call these erasable (type g), where the later ones say e. Erasing them is never right:
 * an erase of option bytes or OTP does nothing good. */
static JmpAccess
mask_for_name (const char *name)
{
  static const char *const never_erased[] = { "Option Bytes", "OTP Memory", "Device Feature" };
  JmpAccess all = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE;

  for (guint i = 0; i < G_N_ELEMENTS (never_erased); i++) {
    if (g_ascii_strcasecmp (name, never_erased[i]) == 0)
      return all & ~JMP_ACCESS_ERASE;
  }
  return all;
}

/**
 * jmp_layout_parse:
 * @text: the interface string of an alt setting; any bytes
 * @error: return location for a #GError
 *
 * Reads a memory-layout string, "@Name/0xADDRESS/COUNT*SIZE,…[/0xADDRESS/…]" (UM0424).
 *
 * More is taken than UM0424 allows, because boot loaders send more: any number of digits, spaces,
 * sizes without multiplier, several zones, a count of 0, which adds nothing. Junk behind a segment
 * ends its zone. Memory past 4 GiB is cut off at the last whole sector. "Option Bytes", "OTP Memory"
 * and "Device Feature" are never erasable, whatever the type letter says.
 *
 * Errors: %JMP_ERROR_NOT_SUPPORTED when @text does not begin with "@": plain DFU;
 * %JMP_ERROR_PROTOCOL when no sector can be read from it, or an absurd number of them.
 *
 * Returns: (transfer full): the layout, with one sector at least
 */
JmpLayout *
jmp_layout_parse (const char *text, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (JmpSectorRun));
  g_autofree char *name = NULL;
  JmpLayoutBuilder builder = { .runs = runs };

  if (text[0] != '@') {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "not a memory layout");
    return NULL;
  }
  name = read_name (text + 1);
  builder.mask = mask_for_name (name);
  read_zones (text + 1, &builder);
  if (runs->len == 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "memory layout “%s” has no sectors", name);
    return NULL;
  }
  if (runs->len > MAX_RUNS || builder.n_sectors > MAX_SECTORS) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "memory layout “%s” has more than %u sectors or %d runs of them",
                 name,
                 MAX_SECTORS,
                 MAX_RUNS);
    return NULL;
  }
  builder.runs = g_steal_pointer (&runs);
  return jmp_layout_builder_end (&builder, name);
}
