/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/regions.h"

#include "board/regions.h"
#include "words/words-regions.h"

/**
 * jmp_regions_of_board:
 * @board: (nullable): the board of the catalogue that a board certainly is
 *
 * Returns: (transfer full) (element-type JmpMapName): the names, translated; they last as long as
 *   @board; none where it is not known
 */
GArray *
jmp_regions_of_board (JmpBoard *board)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (JmpMapName));

  for (guint i = 0; board != NULL && i < board->regions->len; i++) {
    const JmpRegion *region = &g_array_index (board->regions, JmpRegion, i);
    const JmpMapName name = {
      .alt = region->alt,
      .address = region->address,
      .length = region->size,
      .name = jmp_words_region (region),
      .own_files = region->kind == JMP_REGION_FILES && jmp_regions_is_guarded (region),
    };

    g_array_append_val (names, name);
  }
  return names;
}
