/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "base/error.h"
#include "board/catalogue.h"

static void
check_board (JmpCatalogue *catalogue, JmpBoard *board)
{
  guint64 end = 0;
  guint alt = 0;

  fuzz_check (jmp_catalogue_find_board (catalogue, board->id) == board);
  fuzz_check (board->dfu_ids->len > 0 && board->map_size >= board->flash_size);
  for (guint i = 0; i < board->regions->len; i++) {
    const JmpRegion *region = &g_array_index (board->regions, JmpRegion, i);

    fuzz_check (region->size > 0
                && (guint64)region->address + region->size <= G_GUINT64_CONSTANT (1) << 32);
    fuzz_check (region->alt > alt || region->address >= end || i == 0);
    fuzz_check (jmp_board_find_region (board, region->alt, region->address) == region);
    alt = region->alt;
    end = (guint64)region->address + region->size;
  }
  for (guint i = 0; i < board->advice->len; i++)
    fuzz_check (g_array_index (board->advice, JmpAdvice, i).reason.words != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_parse (bytes, &error);
  GPtrArray *boards;

  fuzz_check ((catalogue == NULL) == (error != NULL));
  if (catalogue == NULL) {
    fuzz_check (g_error_matches (error, JMP_ERROR, JMP_ERROR_INVALID_FILE)
                || g_error_matches (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED));
    fuzz_check (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  boards = jmp_catalogue_get_boards (catalogue);
  for (guint i = 0; i < boards->len; i++)
    check_board (catalogue, boards->pdata[i]);
  return 0;
}
