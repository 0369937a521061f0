/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "guide/guide-after.h"

#include "guide/guide-ways.h"

#include <glib/gi18n-lib.h>

/* What stays on the board until a hand takes it off, by the codes of guide-ways. */
static const struct {
  const char *code;
  JmpGuideAfter after;
} STAYS[] = {
  { "pyboard_jumper",
    { N_ ("Take the Jumper Off"), N_ ("Remove the link between DFU and 3V3, then press RST.") } },
  { "boot0_to_vcc_reset",
    { N_ ("Set BOOT0 Low Again"),
      N_ ("Set its switch back to 0, or take the jumper off BOOT0; then press the reset "
          "button.") } },
  { "espruino_boot0_pad",
    { N_ ("Open the BOOT0 Pads Again"),
      N_ ("Remove the foil or the solder, then plug the board in again.") } },
};

static const JmpGuideAfter NOTHING = {
  N_ ("Start the Board"),
  N_ ("It starts by itself. If it does not, press its reset button, or unplug it and plug it in "
      "again."),
};

static const JmpGuideAfter ANY = {
  N_ ("Start the Board"),
  N_ ("If a jumper or a switch brought it into update mode, take that back first. Then press its "
      "reset button."),
};

/**
 * jmp_guide_after_any:
 *
 * Returns: (transfer none): what to do with a board of which nobody knows how it came into update mode
 */
const JmpGuideAfter *
jmp_guide_after_any (void)
{
  return &ANY;
}

/**
 * jmp_guide_after:
 * @board: (nullable): the board of the catalogue that it certainly is
 * @by_itself: whether its own program brought it into update mode, without a hand
 *
 * Returns: (transfer none): what to do so that it starts
 */
const JmpGuideAfter *
jmp_guide_after (const JmpBoard *board, gboolean by_itself)
{
  const JmpGuideWay *way = board != NULL ? jmp_guide_way_by_hand (board) : NULL;

  if (by_itself)
    return &NOTHING;
  for (guint i = 0; way != NULL && i < G_N_ELEMENTS (STAYS); i++) {
    if (g_str_equal (STAYS[i].code, way->code))
      return &STAYS[i].after;
  }
  return way == NULL || way->needs_page ? &ANY : &NOTHING;
}
