/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-regions.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_words_region_kind:
 * @kind: a kind of region
 *
 * What is kept there, as the name of a part of the memory.
 *
 * Returns: (transfer none): translated words
 */
const char *
jmp_words_region_kind (JmpRegionKind kind)
{
  switch (kind) {
  case JMP_REGION_VECTORS:
    return C_ ("memory", "Vectors");
  case JMP_REGION_CODE:
    return C_ ("memory", "Code");
  case JMP_REGION_FILES:
    return C_ ("memory", "Files");
  case JMP_REGION_ROMFS:
    return C_ ("memory", "Read-only files");
  case JMP_REGION_BOOT_LOADER:
    return C_ ("memory", "Boot loader");
  case JMP_REGION_KEYS:
    return C_ ("memory", "Keys");
  case JMP_REGION_SETTINGS:
    return C_ ("memory", "Settings");
  case JMP_REGION_UPDATE:
    return C_ ("memory", "Spare firmware");
  case JMP_REGION_RADIO:
    return C_ ("memory", "Radio firmware");
  case JMP_REGION_OPTION_BYTES:
    return C_ ("memory", "Option bytes");
  case JMP_REGION_OTP:
    return C_ ("memory", "One-time memory");
  case JMP_REGION_FEATURES:
    return C_ ("memory", "Device features");
  }
  return jmp_region_kind_to_string (kind);
}

/**
 * jmp_words_region_reason:
 * @kind: a kind of region
 *
 * Why it is better left alone.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
jmp_words_region_reason (JmpRegionKind kind)
{
  switch (kind) {
  case JMP_REGION_BOOT_LOADER:
    return _ ("Without its boot loader the board takes no more updates over USB.");
  case JMP_REGION_KEYS:
    return _ ("These keys belong to this one board and cannot be had again.");
  case JMP_REGION_SETTINGS:
    return _ ("The board keeps its settings there.");
  case JMP_REGION_UPDATE:
    return _ ("The board keeps spare firmware there, to repair or update itself.");
  case JMP_REGION_RADIO:
    return _ (
        "The board’s radio stops working without it, and it cannot be written back over USB.");
  case JMP_REGION_OPTION_BYTES:
    return _ ("These settings of the chip can lock it for ever.");
  case JMP_REGION_OTP:
    return _ ("What is written there can never be changed again.");
  case JMP_REGION_FEATURES:
    return _ ("This switches how the boot loader works, and is no memory for a program.");
  case JMP_REGION_FILES:
    return _ ("The board keeps your files there.");
  case JMP_REGION_VECTORS:
  case JMP_REGION_CODE:
  case JMP_REGION_ROMFS:
    break;
  }
  return _ ("What is there now would be lost.");
}

/**
 * jmp_words_region:
 * @region: a region
 *
 * Its name for the memory map: what kind of region it is; a name that the person's files have in every
 * language ("PYBFLASH") stays as it is.
 *
 * Returns: (transfer none): translated words, which last as long as @region
 */
const char *
jmp_words_region (const JmpRegion *region)
{
  if (region->kind == JMP_REGION_FILES && g_ascii_isupper (*region->name))
    return region->name;
  return jmp_words_region_kind (region->kind);
}

/**
 * jmp_words_guard_hit:
 * @hit: a protected region that would be changed
 *
 * What would be changed, and why that stops here.
 *
 * Returns: (transfer full): translated sentences
 */
char *
jmp_words_guard_hit (const JmpGuardHit *hit)
{
  g_autofree char *range = jmp_words_range (hit->address, hit->length);
  JmpRegionKind kind = JMP_REGION_CODE;

  jmp_region_kind_from_string (hit->region->code, &kind);
  /* Translators: the name of a part of the memory ("device private key"), its addresses, the number of
   * the memory (its alt setting), and a sentence that gives the reason. */
  return g_strdup_printf (
      _ ("“%1$s” is protected, and %2$s of it (alt %3$u) would be changed. %4$s"),
      hit->region->name,
      range,
      hit->region->alt,
      jmp_words_region_reason (kind));
}

/**
 * jmp_words_protection:
 * @protection: how a board is protected
 *
 * Whether its memory can be read.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
jmp_words_protection (const JmpProtection *protection)
{
  switch (protection->state) {
  case JMP_PROTECTION_UNKNOWN:
    break;
  case JMP_PROTECTION_OPEN:
    if (protection->options == NULL)
      return _ ("The memory can be read; what the option bytes say is not known for this chip.");
    return protection->options->level == JMP_RDP_LEVEL_0
               ? _ ("Read protection is off (level 0).")
               : _ ("The option bytes ask for read protection, and the memory can be read.");
  case JMP_PROTECTION_READ:
    return _ ("Read protection is on: the memory can be neither read nor written. Removing the "
              "protection erases everything on the board.");
  }
  return _ ("Whether reading is protected is not known: the board does not tell.");
}

/**
 * jmp_words_unprotect_loss:
 *
 * What is lost when the read protection is removed.
 *
 * Returns: (transfer none): translated sentences
 */
const char *
jmp_words_unprotect_loss (void)
{
  return _ (
      "Removing the read protection erases the board’s whole flash: its program, its files, its "
      "keys and its settings. None of it can be read first, and none of it comes back.");
}

/**
 * jmp_words_write_protection:
 * @options: option bytes
 *
 * What of the flash is protected against writing.
 *
 * Returns: (transfer full): a translated sentence
 */
char *
jmp_words_write_protection (const JmpOptionBytes *options)
{
  g_autoptr (GString) ranges = g_string_new (NULL);

  if (options->write_protected->len == 0)
    return g_strdup (_ ("No sector is protected against writing."));
  for (guint i = 0; i < options->write_protected->len; i++) {
    const JmpOptionRange *range = &g_array_index (options->write_protected, JmpOptionRange, i);
    g_autofree char *text = jmp_words_range (range->address, range->length);

    g_string_append_printf (ranges, "%s%s", i > 0 ? ", " : "", text);
  }
  return g_strdup_printf (_ ("Protected against writing: %s."), ranges->str);
}

/**
 * jmp_words_options:
 * @options: option bytes
 *
 * The settings of the chip, by the names that its manual has: they are not translated.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_options (const JmpOptionBytes *options)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < options->options->len; i++) {
    const JmpOption *option = &g_array_index (options->options, JmpOption, i);

    g_string_append_printf (text,
                            option->value > 0xFF ? "%s%s=0x%04X" : "%s%s=%u",
                            i > 0 ? ", " : "",
                            option->name,
                            option->value);
  }
  /* Translators: the family of a chip ("STM32F7"), and its settings ("BOR_LEV=3, WDG_SW=1"). */
  return g_strdup_printf (_ ("Option bytes (%1$s): %2$s"), options->family, text->str);
}
