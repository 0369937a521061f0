/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "base/error.h"
#include "board/fields.h"
#include "board/known-boards.h"

static gboolean
is_word (const char *text)
{
  return text == NULL || jmp_word_is_plain (text, 64);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpKnownBoard) board = jmp_known_board_parse (bytes, &error);
  g_autoptr (JmpKnownBoard) copy = NULL;

  fuzz_check ((board == NULL) == (error != NULL));
  if (board == NULL) {
    fuzz_check (g_error_matches (error, JMP_ERROR, JMP_ERROR_INVALID_FILE)
                || g_error_matches (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED));
    fuzz_check (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  fuzz_check (board->serial != NULL && g_utf8_validate (board->serial, -1, NULL));
  fuzz_check (board->nickname == NULL || g_utf8_validate (board->nickname, -1, NULL));
  fuzz_check (is_word (board->board_id) && is_word (board->variant) && is_word (board->version));
  copy = jmp_known_board_copy (board);
  fuzz_check (g_str_equal (copy->serial, board->serial));
  return 0;
}
