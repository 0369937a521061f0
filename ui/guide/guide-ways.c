/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "guide/guide-ways.h"

#include <glib/gi18n-lib.h>

#define CONNECT_CABLE N_ ("Connect the USB Cable")
#define CONNECT_BOARD N_ ("Connect the Board")
#define AS_USUAL      N_ ("As usual, with a cable that carries data.")
#define SEEN          N_ ("The board is seen by itself, and this page goes on.")

static const JmpGuideWay WAYS[] = {
  {
      .code = "pyboard_jumper",
      .name = N_ ("With a Jumper"),
      .by_hand = TRUE,
      .drawing = "pyboard-jumper",
      .picture = N_ ("A jumper is put on the pins DFU and 3V3, which are beside each other; then the "
                     "USB cable is plugged in."),
      .check = N_ ("The jumper must join DFU and 3V3 before the cable goes in. If the board has power "
                   "already, press RST once with the jumper on."),
      .steps = {
        { JMP_GUIDE_STEP_DISCONNECT, N_ ("Disconnect Everything"), N_ ("USB cable, shields and wires off.") },
        { JMP_GUIDE_STEP_HAND,
          N_ ("Join DFU and 3V3"),
          N_ ("The two pins are right next to each other; on some boards DFU is called P1. A jumper or "
              "a piece of wire will do.") },
        { JMP_GUIDE_STEP_ARRIVE, CONNECT_CABLE, SEEN },
      },
  },
  {
      .code = "boot0_to_vcc_reset",
      .name = N_ ("With BOOT0"),
      .by_hand = TRUE,
      .drawing = "boot0-jumper",
      .picture = N_ ("A jumper is put on the pins BOOT0 and 3V3; then the USB cable is plugged in. The "
                     "board also has a reset button."),
      .check = N_ ("BOOT0 must be high, joined to 3V3 or with its switch at 1, at the moment of the "
                   "reset. Press the reset button once more while it is."),
      .steps = {
        { JMP_GUIDE_STEP_DISCONNECT, N_ ("Disconnect the USB Cable"), N_ ("Other wires can stay.") },
        { JMP_GUIDE_STEP_HAND,
          N_ ("Set BOOT0 High"),
          N_ ("Set its switch to 1, or join the pin BOOT0 to 3V3 with a jumper. If BOOT0 is a button, "
              "hold it down.") },
        { JMP_GUIDE_STEP_ARRIVE,
          CONNECT_CABLE,
          N_ ("A board that has power from elsewhere: press its reset button. The board is seen by "
              "itself.") },
      },
  },
  {
      .code = "hold_boot_tap_reset",
      .name = N_ ("With Its Buttons"),
      .by_hand = TRUE,
      .drawing = "hold-boot-tap-reset",
      .picture = N_ ("One finger holds the button BOOT0 down, another one taps the button RESET."),
      .check = N_ ("BOOT0 must be down before RESET is tapped, and until it was let go. RESET can be "
                   "called NRST, BOOT0 can be called B0."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_HAND, N_ ("Hold BOOT0"), N_ ("Press the button BOOT0, and keep it down.") },
        { JMP_GUIDE_STEP_LEAVE, N_ ("Tap RESET"), N_ ("Press it and let it go, with BOOT0 still down.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Let Go of BOOT0"), SEEN },
      },
  },
  {
      .code = "mboot_usr_4th_white",
      .name = N_ ("With Its Buttons"),
      .by_hand = TRUE,
      .drawing = "usr-fourth-color",
      .picture = N_ ("One finger holds the button USR down, another one taps RST. Below, the colors of "
                     "the light: red, green, blue, and white, which is the fourth and is marked."),
      .check = N_ ("Let go of USR at the fourth color, white, and not before. The light then blinks red "
                   "once a second."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_HAND, N_ ("Hold USR"), N_ ("Press the button USR, and keep it down.") },
        { JMP_GUIDE_STEP_LEAVE, N_ ("Tap RST"), N_ ("Press it and let it go, with USR still down.") },
        { JMP_GUIDE_STEP_ARRIVE,
          N_ ("Let Go at the Fourth Color"),
          N_ ("The light turns red, green, blue and white. When it is white, let go of USR: it blinks "
              "red once a second, and the board is seen by itself.") },
      },
  },
  {
      .code = "double_tap_reset",
      .name = N_ ("With the Reset Button"),
      .by_hand = TRUE,
      .drawing = "double-tap-reset",
      .picture = N_ ("A finger taps the button RESET twice."),
      .check = N_ ("Two taps within half a second, like a double click. The light then fades up and "
                   "down."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_ARRIVE,
          N_ ("Press RESET Twice"),
          N_ ("Quickly, like a double click. The board is seen by itself, and this page goes on.") },
      },
  },
  {
      .code = "particle_yellow",
      .name = N_ ("With Its Buttons"),
      .by_hand = TRUE,
      .drawing = "mode-yellow",
      .picture = N_ ("One finger holds the button MODE down, another one taps RESET; a light blinks "
                     "yellow."),
      .check = N_ ("Keep MODE down until the light blinks yellow. Blue is another mode: begin again."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_HAND, N_ ("Hold MODE"), N_ ("On some boards it is called SETUP.") },
        { JMP_GUIDE_STEP_LEAVE, N_ ("Tap RESET"), N_ ("Press it and let it go, with MODE still down.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Let Go When It Blinks Yellow"), SEEN },
      },
  },
  {
      .code = "lego_hub_no6",
      .name = N_ ("With the Bluetooth Button"),
      .by_hand = TRUE,
      .drawing = "hub-bluetooth",
      .picture = N_ ("A finger holds the Bluetooth button of a hub down; then the USB cable is plugged "
                     "in."),
      .check = N_ ("The Bluetooth button must be down before the cable goes in, and for five seconds "
                   "after."),
      .steps = {
        { JMP_GUIDE_STEP_DISCONNECT, N_ ("Unplug the Hub"), N_ ("And turn it off.") },
        { JMP_GUIDE_STEP_HAND, N_ ("Hold the Bluetooth Button"), N_ ("Keep it down.") },
        { JMP_GUIDE_STEP_HAND, CONNECT_CABLE, N_ ("With the button still down.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Keep Holding for Five Seconds"), SEEN },
      },
  },
  {
      .code = "lego_hub_no7",
      .name = N_ ("As Its Page Says"),
      .by_hand = TRUE,
      .needs_page = TRUE,
      .drawing = "page",
      .picture = N_ ("A page about a board, with a picture of it."),
      .check = N_ ("Go through the instructions on the hub's MicroPython page once more."),
      .steps = {
        { JMP_GUIDE_STEP_HAND,
          N_ ("Read the Hub's MicroPython Page"),
          N_ ("It says how this hub is put into update mode.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Follow Its Instructions"), SEEN },
      },
  },
  {
      .code = "espruino_boot0_pad",
      .name = N_ ("With the BOOT0 Pads"),
      .by_hand = TRUE,
      .needs_page = TRUE,
      .drawing = "boot0-pads",
      .picture = N_ ("Two pads named BOOT0 on a board with a USB plug are bridged."),
      .check = N_ ("The BOOT0 pads must be bridged before the board is plugged in."),
      .steps = {
        { JMP_GUIDE_STEP_DISCONNECT, N_ ("Unplug the Board"), N_ ("It must be without power.") },
        { JMP_GUIDE_STEP_HAND,
          N_ ("Bridge the BOOT0 Pads"),
          N_ ("With foil or solder, as the Espruino page on advanced reflashing shows.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Plug the Board In"), SEEN },
      },
  },
  {
      .code = "repl_machine_bootloader",
      .name = N_ ("From MicroPython"),
      .drawing = "repl",
      .picture = N_ ("A terminal with MicroPython's prompt: machine.bootloader() was typed, and the "
                     "Enter key is next."),
      .check = N_ ("The prompt must be that of the board: three arrows. A program that runs is stopped "
                   "with Ctrl+C."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_HAND,
          N_ ("Open MicroPython's Prompt"),
          N_ ("With Thonny, mpremote or another program that talks to the board.") },
        { JMP_GUIDE_STEP_ARRIVE,
          /* Translators: machine.bootloader() is code: leave it as it is. */
          N_ ("Type machine.bootloader()"),
          N_ ("And press Enter. The board is seen by itself, and this page goes on.") },
      },
  },
  {
      .code = "cdc_1200_touch",
      .name = N_ ("From Its Serial Port"),
      .drawing = "serial-1200",
      .picture = N_ ("A serial port at 1200 baud is opened and closed; the board is on the other end of "
                     "the cable."),
      .check = N_ ("The port must be closed again: the board restarts when it is."),
      .steps = {
        { JMP_GUIDE_STEP_CONNECT, CONNECT_BOARD, AS_USUAL },
        { JMP_GUIDE_STEP_HAND,
          N_ ("Open Its Serial Port at 1200 Baud"),
          N_ ("With the Arduino IDE or a terminal program.") },
        { JMP_GUIDE_STEP_ARRIVE, N_ ("Close the Port"), SEEN },
      },
  },
};

/**
 * jmp_guide_way_find:
 * @code: a code out of #JmpBoard.entries
 *
 * Returns: (transfer none) (nullable): the steps, or %NULL for a code that is not known
 */
const JmpGuideWay *
jmp_guide_way_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++) {
    if (g_str_equal (WAYS[i].code, code))
      return &WAYS[i];
  }
  return NULL;
}

/**
 * jmp_guide_way_get_usual:
 *
 * Returns: (transfer none): the way of a pyboard
 */
const JmpGuideWay *
jmp_guide_way_get_usual (void)
{
  return &WAYS[0];
}

/**
 * jmp_guide_way_get_any:
 *
 * Returns: (transfer none): the way of a board of which only the chip is known: AN2606 gives every
 *   STM32 with a boot loader the pin BOOT0 or the option bit in its place
 */
const JmpGuideWay *
jmp_guide_way_get_any (void)
{
  return &WAYS[1];
}

/**
 * jmp_guide_way_by_hand:
 * @board: a board of the catalogue
 *
 * Returns: (transfer none) (nullable): the first way that works whatever is on the board: the one that
 *   the guide shows
 */
const JmpGuideWay *
jmp_guide_way_by_hand (const JmpBoard *board)
{
  for (guint i = 0; i < board->entries->len; i++) {
    const JmpGuideWay *way = jmp_guide_way_find (g_array_index (board->entries, JmpWords, i).code);

    if (way != NULL && way->by_hand)
      return way;
  }
  return NULL;
}

/**
 * jmp_guide_way_count_steps:
 * @self: a way
 *
 * Returns: how many steps it has, 1 to %JMP_GUIDE_MAX_STEPS
 */
guint
jmp_guide_way_count_steps (const JmpGuideWay *self)
{
  guint n = 0;

  while (self->steps[n].title != NULL)
    n++;
  return n;
}

/**
 * jmp_guide_way_list_steps:
 * @self: a way
 *
 * Returns: (transfer full): what to do, in order: a numbered, translated line for each step
 */
char *
jmp_guide_way_list_steps (const JmpGuideWay *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint n = 0; self->steps[n].title != NULL; n++)
    g_string_append_printf (text, "%s%u. %s", n > 0 ? "\n" : "", n + 1, _ (self->steps[n].title));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
