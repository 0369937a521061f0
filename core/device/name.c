/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/device-private.h"

#include <string.h>

/* Product strings of ST's boot loaders in ROM: they name the loader, not the board. */
static const char *const rom_products[] = {
  "STM32 BOOTLOADER",
  "STM32 0x*DFU Bootloader",
  "DFU in FS Mode*",
  "DFU in HS Mode*",
};

/* One space between words, nothing that cannot be shown. */
static char *
tidy (const char *text)
{
  GString *tidied = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || !g_unichar_isprint (c)) {
      space = tidied->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (tidied, ' ');
    space = FALSE;
    g_string_append_unichar (tidied, c);
  }
  return g_string_free (tidied, FALSE);
}

static gboolean
is_rom (const char *product)
{
  for (guint i = 0; i < G_N_ELEMENTS (rom_products); i++)
    if (g_pattern_match_simple (rom_products[i], product))
      return TRUE;
  return FALSE;
}

/* What to call a board before a person: a product string made readable. Strings that only name ST's
 * boot loader, and ST's id without a string (a board that may not be opened), are an "STM32 board". */
char *
jmp_device_make_name (const JmpDfuInfo *info)
{
  g_autofree char *product = NULL;

  if (info == NULL)
    return g_strdup ("Unknown board");
  if (info->product != NULL)
    product = tidy (info->product);
  if (product == NULL || *product == '\0') {
    if (info->vid == 0x0483 && info->pid == 0xDF11)
      return g_strdup ("STM32 board");
    return g_strdup_printf ("Board %04X:%04X", info->vid, info->pid);
  }
  if (is_rom (product))
    return g_strdup ("STM32 board");
  return g_steal_pointer (&product);
}

/* Whether a name says nothing of the board: it was made from a boot loader that many share. */
gboolean
jmp_device_is_named_by_loader (const char *name)
{
  return strcmp (name, "STM32 board") == 0 || strcmp (name, "Unknown board") == 0;
}

/* What to call a board by the product string of its program: MicroPython's names the interface behind
 * the board ("Pyboard Virtual Comm Port in FS Mode"). */
char *
jmp_device_make_running_name (const char *product)
{
  static const char *const interfaces[] = {
    " Virtual Comm Port in ", " Comm Port in ", " in FS Mode", " in HS Mode"
  };
  g_autofree char *name = tidy (product);

  for (guint i = 0; i < G_N_ELEMENTS (interfaces); i++) {
    char *end = strstr (name, interfaces[i]);

    if (end != NULL && end != name)
      *end = '\0';
  }
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("Unknown board");
}
