/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "board/parts-private.h"

#include <string.h>

/* How many names a message lists. */
#define MAX_LISTED 8

static void
shape_clear (gpointer data)
{
  JmpPartShape *self = data;

  g_free (self->series);
  g_clear_pointer (&self->layout, jmp_layout_unref);
  g_clear_pointer (&self->ram, g_array_unref);
}

static void
part_clear (gpointer data)
{
  JmpPart *self = data;

  g_free (self->name);
}

/* The empty table that the reader fills; no one else sees one. */
JmpParts *
jmp_parts_new_empty (void)
{
  JmpParts *self = g_atomic_rc_box_new0 (JmpParts);

  self->shapes = g_array_new (FALSE, TRUE, sizeof (JmpPartShape));
  g_array_set_clear_func (self->shapes, shape_clear);
  self->parts = g_array_new (FALSE, FALSE, sizeof (JmpPart));
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

/* Adds a part; all shapes are there already, and stay where they are. */
void
jmp_parts_add (JmpParts *self, const char *name, guint shape)
{
  const JmpPartShape *from = &g_array_index (self->shapes, JmpPartShape, shape);
  JmpPart part = { .name = g_strdup (name),
                   .series = from->series,
                   .cpu_arch = from->cpu_arch,
                   .has_fpu = from->has_fpu,
                   .layout = from->layout,
                   .ram = (const JmpRam *)(gpointer)from->ram->data,
                   .n_ram = from->ram->len };

  g_array_append_val (self->parts, part);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (((const JmpPart *)a)->name, ((const JmpPart *)b)->name);
}

/* Brings the parts into the order of their names. */
void
jmp_parts_sort (JmpParts *self)
{
  g_array_sort (self->parts, compare_names);
}

static void
parts_clear (gpointer data)
{
  JmpParts *self = data;

  g_array_unref (self->parts);
  g_array_unref (self->shapes);
}

/**
 * jmp_parts_ref:
 * @self: a table
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpParts *
jmp_parts_ref (JmpParts *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_parts_unref:
 * @self: (transfer full): a table
 *
 * Gives a reference back.
 */
void
jmp_parts_unref (JmpParts *self)
{
  g_atomic_rc_box_release_full (self, parts_clear);
}

/**
 * jmp_parts_get_n:
 * @self: a table
 *
 * Returns: how many parts there are
 */
guint
jmp_parts_get_n (JmpParts *self)
{
  return self->parts->len;
}

/**
 * jmp_parts_get:
 * @self: a table
 * @index: which, below jmp_parts_get_n()
 *
 * Returns: (transfer none): a part; they stand by name
 */
const JmpPart *
jmp_parts_get (JmpParts *self, guint index)
{
  return &g_array_index (self->parts, JmpPart, index);
}

/* How an ordering code is compared: a maker's prefix may be left out, dashes and spaces do not
 * count. */
static char *
normalize (const char *code)
{
  GString *text = g_string_new (NULL);

  for (; *code != '\0'; code++)
    if (strchr ("-_ /", *code) == NULL)
      g_string_append_c (text, *code);
  if (g_ascii_strncasecmp (text->str, "STM32", 5) != 0
      && g_ascii_strncasecmp (text->str, "GD32", 4) != 0
      && g_ascii_strncasecmp (text->str, "AT32", 4) != 0)
    g_string_prepend (text, "STM32");
  return g_string_free (text, FALSE);
}

/* What may follow the name that the table has: package, temperature, and how it is delivered
 * ("T6TR"). */
static gboolean
is_package (const char *rest)
{
  gsize length = strlen (rest);

  if (length == 0)
    return TRUE;
  if (length > 5 || !(g_ascii_isalpha (rest[0]) || rest[0] == '?'))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isalnum (rest[i]) && rest[i] != '?')
      return FALSE;
  return TRUE;
}

#define NO_MATCH (-1)

/* How well @code fits: the length of @name when it has all of it, 0 when it is only the beginning of
 * @name. @x_is_any: whether an x stands for any character, as "?" does. A name may have its own, "x"
 * in lower case, for a package that does not matter. */
static int
match (const char *name, const char *code, gboolean x_is_any)
{
  const char *at = name;

  for (; *code != '\0' && *at != '\0'; code++, at++) {
    if (*at == '-')
      at++;
    if (*code == '*')
      return 0;
    if (*at == 'x' || *code == '?' || (x_is_any && g_ascii_tolower (*code) == 'x'))
      continue;
    if (g_ascii_toupper (*code) != g_ascii_toupper (*at))
      return NO_MATCH;
  }
  if (*at != '\0')
    return 0;
  return *code == '*' || is_package (code) ? (int)(at - name) : NO_MATCH;
}

/* Those that fit best: of STM32L151C8 and STM32L151C8TxA, the code STM32L151C8T6 means the first. */
static GPtrArray *
find (JmpParts *self, const char *text, gboolean x_is_any)
{
  GPtrArray *found = g_ptr_array_new ();
  int best = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    JmpPart *part = &g_array_index (self->parts, JmpPart, i);
    int how = match (part->name, text, x_is_any);

    if (how > best) {
      g_ptr_array_set_size (found, 0);
      best = how;
    }
    if (how == best)
      g_ptr_array_add (found, part);
  }
  return found;
}

/* There are parts with an X in their name (STM32H743XI, 240 pins): where @code is one of them as it
 * stands, only that is meant. */
static GPtrArray *
find_meant (JmpParts *self, const char *code)
{
  g_autofree char *text = normalize (code);
  g_autoptr (GPtrArray) found = NULL;

  if (*code == '\0')
    return g_ptr_array_new ();
  found = find (self, text, FALSE);
  if (found->len > 0)
    return g_steal_pointer (&found);
  return find (self, text, TRUE);
}

static char *
list_names (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (parts->len, MAX_LISTED); i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "", ((const JmpPart *)parts->pdata[i])->name);
  if (parts->len > MAX_LISTED)
    g_string_append_printf (text, " and %u more", parts->len - MAX_LISTED);
  return g_string_free (text, FALSE);
}

/**
 * jmp_parts_lookup:
 * @self: a table
 * @code: an ordering code as people write it: in any case, with or without "STM32", with or without
 *   package and temperature ("f103c8", "STM32F103C8T6"), with "x" or "?" for any character and "*" for
 *   all that follows ("STM32F4x5xG")
 * @error: return location
 *
 * Finds the part that is meant. Several are one answer when all have the same memories and the same
 * core, as packages of one chip have.
 *
 * Returns: (transfer none): a part, or %NULL with %JMP_ERROR_NOT_FOUND, or %JMP_ERROR_SEVERAL
 */
const JmpPart *
jmp_parts_lookup (JmpParts *self, const char *code, GError **error)
{
  g_autoptr (GPtrArray) found = find_meant (self, code);
  const JmpPart *first;

  if (found->len == 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no part is called %s", code);
    return NULL;
  }
  first = found->pdata[0];
  for (guint i = 1; i < found->len; i++) {
    const JmpPart *other = found->pdata[i];

    /* A shape is shared, so its members are the same pointers. */
    if (other->layout != first->layout) {
      g_autofree char *names = list_names (found);

      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_SEVERAL,
                   "%s may be one of several parts with different memories: %s",
                   code,
                   names);
      return NULL;
    }
  }
  return first;
}

/* "STM32F103", "AT32F403": all but the letters for pins, flash and package. */
static gsize
line_length (const char *name)
{
  return g_str_has_prefix (name, "STM32") ? 9 : 8;
}

/**
 * jmp_part_is_same_line:
 * @self: a part
 * @other: a part
 *
 * Returns: whether the two are of one product line (STM32F103), which differ in pins, flash and RAM
 */
gboolean
jmp_part_is_same_line (const JmpPart *self, const JmpPart *other)
{
  return strncmp (self->name, other->name, line_length (self->name)) == 0;
}
