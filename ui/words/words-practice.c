/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-practice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The kinds of virtual boards, in the order of how many people have one. */
static const struct {
  const char *kind;
  const char *name;
  gboolean is_usual;
} KINDS[] = {
  { "pyboard", N_ ("Practice Pyboard"), TRUE },
  { "mboot", N_ ("Practice Pyboard D-series"), TRUE },
  { "bluepill", N_ ("Practice Blue Pill (Maple Loader)"), TRUE },
  { "nucleo-h743", N_ ("Practice Nucleo H743"), TRUE },
  { "f411", N_ ("Practice Black Pill (STM32F411)"), TRUE },
  { "dapboot", N_ ("Practice Blue Pill (DAPBoot)"), FALSE },
  { "f072", N_ ("Practice STM32F072"), FALSE },
  { "f427", N_ ("Practice STM32F427"), FALSE },
  { "f767", N_ ("Practice STM32F767"), FALSE },
  { "l432", N_ ("Practice STM32L432"), FALSE },
  { "l073", N_ ("Practice STM32L073"), FALSE },
  { "l152", N_ ("Practice STM32L152"), FALSE },
  { "g0", N_ ("Practice STM32G0"), FALSE },
  { "c5", N_ ("Practice STM32C5"), FALSE },
  { "wb55", N_ ("Practice STM32WB55"), FALSE },
  { "gd32", N_ ("Practice GD32"), FALSE },
  { "at32", N_ ("Practice AT32"), FALSE },
  { "apm32", N_ ("Practice APM32"), FALSE },
  { "stm32mp1", N_ ("Practice STM32MP1"), FALSE },
  { "spark", N_ ("Practice Spark Core"), FALSE },
  { "photon", N_ ("Practice Photon"), FALSE },
  { "blackmagic", N_ ("Practice Black Magic Probe"), FALSE },
  { "dfu10", N_ ("Practice Phone with U-Boot (DFU 1.0)"), FALSE },
};

/**
 * jmp_words_practice:
 * @kind: a kind of virtual board
 *
 * What to call a practice board of that kind, in header capitals.
 *
 * Returns: (transfer none): translated words; the kind itself where there are none
 */
const char *
jmp_words_practice (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (g_str_equal (KINDS[i].kind, kind))
      return _ (KINDS[i].name);
  }
  return kind;
}

/**
 * jmp_words_practice_is_usual:
 * @kind: a kind of virtual board
 *
 * Returns: whether many people have a board of that kind
 */
gboolean
jmp_words_practice_is_usual (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (g_str_equal (KINDS[i].kind, kind))
      return KINDS[i].is_usual;
  }
  return FALSE;
}

/* What the core calls boards that do not say what they are. */
static const char *const UNNAMED[] = { N_ ("STM32 board"), N_ ("Unknown board") };

/**
 * jmp_words_device_name:
 * @device: a board
 *
 * What to call a board before a person: a practice board by its kind, any other as it calls itself.
 *
 * Returns: (transfer none): translated words, until the next change of @device
 */
const char *
jmp_words_device_name (JmpDevice *device)
{
  const char *name = jmp_device_get_name (device);
  const char *kind = jmp_device_is_practice (device) ? strchr (jmp_device_get_path (device), ':')
                                                     : NULL;

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (KINDS); i++) {
    if (g_str_equal (KINDS[i].kind, kind + 1))
      return _ (KINDS[i].name);
  }
  for (guint i = 0; i < G_N_ELEMENTS (UNNAMED); i++) {
    if (g_str_equal (UNNAMED[i], name))
      return _ (UNNAMED[i]);
  }
  return name;
}
