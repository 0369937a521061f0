/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define ST_VID     0x0483
#define ST_DFU_PID 0xdf11

static gboolean
has_option_bytes (const JmpDfuInfo *info)
{
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->name != NULL && g_ascii_strncasecmp (alt->name, "Option Byte", 11) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_words_has_rom_loader:
 * @info: (nullable): a board
 *
 * Whether @info is certainly ST's boot loader in ROM, which no write can damage. Older ROMs name
 * themselves ("STM32  BOOTLOADER"); newer ones say "DFU in FS Mode", as do boot loaders in flash that
 * were made from ST's examples, but only a ROM has an alt setting for the option bytes. When in
 * doubt, the answer is no: a promise that a board cannot be damaged must be true.
 *
 * Returns: whether the promise can be made
 */
gboolean
jmp_words_has_rom_loader (const JmpDfuInfo *info)
{
  if (info == NULL || info->vid != ST_VID || info->pid != ST_DFU_PID || info->product == NULL)
    return FALSE;
  if (!has_option_bytes (info))
    return FALSE;
  return g_str_has_prefix (info->product, "STM32")
         || strstr (info->product, "DFU in FS Mode") != NULL;
}

static gboolean
changed_nothing (const JmpOutcome *outcome)
{
  return outcome->bytes_written == 0 && outcome->sectors_erased == 0;
}

static const char *
state_sentence (const JmpOutcome *outcome)
{
  switch (outcome->state) {
  case JMP_BOARD_UNTOUCHED:
    return _ ("Nothing on the board was changed.");
  case JMP_BOARD_INCOMPLETE:
    return _ ("The board has no complete firmware: it will not start until firmware is installed "
              "again.");
  case JMP_BOARD_UNVERIFIED:
    return _ ("Everything was written, but not all of it was read back: whether the board holds it "
              "correctly is not known.");
  case JMP_BOARD_DIFFERS:
    return _ ("Everything was written, but the board holds something else: it may not start until "
              "firmware is installed again.");
  case JMP_BOARD_COMPLETE:
    return _ ("Everything was changed as planned, and proven by reading it back.");
  case JMP_BOARD_STARTED:
    if (changed_nothing (outcome))
      return _ ("Nothing on the board was changed, and its program was started.");
    if (outcome->bytes_verified == 0)
      return _ ("Everything was written, but not read back, and the board’s program was started.");
    return _ ("Everything was changed as planned and proven by reading it back, and the board’s "
              "program was started.");
  }
  return _ ("Nothing on the board was changed.");
}

/* A board that was never reached was not lost, and a board that was started has left. */
static gboolean
was_lost (const JmpOutcome *outcome)
{
  return outcome->transfers > 0 && !outcome->connected && outcome->state != JMP_BOARD_STARTED;
}

static gboolean
is_bad (JmpBoardState state)
{
  return state == JMP_BOARD_INCOMPLETE || state == JMP_BOARD_DIFFERS;
}

/**
 * jmp_words_board_state:
 * @outcome: how the work ended
 * @info: (nullable): which board
 *
 * What state the board is in now. Says that it is not damaged only where that is certain.
 *
 * Returns: (transfer full): translated sentences
 */
char *
jmp_words_board_state (const JmpOutcome *outcome, const JmpDfuInfo *info)
{
  GString *text = g_string_new (state_sentence (outcome));

  if (is_bad (outcome->state) && jmp_words_has_rom_loader (info))
    g_string_append_printf (
        text,
        " %s",
        _ ("It is not damaged: its boot loader is in ROM, which cannot be overwritten."));
  if (was_lost (outcome))
    g_string_append_printf (text, " %s", _ ("It does not answer any more."));
  return g_string_free (text, FALSE);
}

/**
 * jmp_words_board_advice:
 * @outcome: how the work ended
 *
 * What to do about a board that is not in a good state.
 *
 * Returns: (transfer none) (nullable): a translated sentence, or %NULL when there is nothing to do
 */
const char *
jmp_words_board_advice (const JmpOutcome *outcome)
{
  if (outcome->state == JMP_BOARD_UNVERIFIED)
    return _ ("Verify the board against the file before you trust it.");
  if (!is_bad (outcome->state))
    return NULL;
  if (was_lost (outcome))
    return _ ("Connect the board in DFU mode again, then install the firmware once more.");
  return _ ("Install the firmware once more.");
}

/**
 * jmp_words_difference:
 * @outcome: how the work ended
 *
 * Where the board differs from the file, with both bytes.
 *
 * Returns: (transfer full) (nullable): a translated sentence, or %NULL where nothing differs
 */
char *
jmp_words_difference (const JmpOutcome *outcome)
{
  if (!outcome->has_difference)
    return NULL;
  /* Translators: an address and two bytes, in hexadecimal. */
  return g_strdup_printf (
      _ ("The first difference is at 0x%08X: 0x%02X is expected there, the board holds 0x%02X."),
      outcome->difference_address,
      outcome->expected,
      outcome->found);
}

/**
 * jmp_words_cancel_meaning:
 * @phase: what is being done
 *
 * What stopping the work now would mean.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
jmp_words_cancel_meaning (JmpPhase phase)
{
  switch (phase) {
  case JMP_PHASE_PREPARE:
  case JMP_PHASE_BACKUP:
  case JMP_PHASE_COMPARE:
    return _ ("Nothing on the board has been changed yet: it is safe to stop.");
  case JMP_PHASE_ERASE:
  case JMP_PHASE_WRITE:
    return _ ("The board will not start until firmware is installed again.");
  case JMP_PHASE_VERIFY:
    return _ ("Everything is written, but it will not be known whether the board holds it "
              "correctly.");
  case JMP_PHASE_LEAVE:
    return _ ("Everything is done; only the start of the program is left.");
  }
  return _ ("Nothing on the board has been changed yet: it is safe to stop.");
}
