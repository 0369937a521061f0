/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "help/help-topics.h"

#include <glib/gi18n-lib.h>

static const JmpHelpPart UPDATE_MODE[] = {
  { JMP_HELP_TEXT,
    N_ ("A board takes new firmware from a small program in its chip, the boot loader. In update "
        "mode "
        "(also called DFU mode) that program runs instead of yours.") },
  { JMP_HELP_HEADING, N_ ("A Pyboard") },
  { JMP_HELP_POINT, N_ ("Disconnect everything.") },
  { JMP_HELP_POINT,
    N_ ("Join the pins DFU and 3V3, which are right next to each other, with a jumper or a piece "
        "of "
        "wire.") },
  { JMP_HELP_POINT, N_ ("Connect the USB cable. The board appears in the list by itself.") },
  { JMP_HELP_HEADING, N_ ("Another Board") },
  { JMP_HELP_TEXT,
    N_ ("Choose Connect a Board, then Other Boards: every board that the program knows has its own "
        "steps and its own drawing.") },
  { JMP_HELP_HEADING, N_ ("Back to Normal") },
  { JMP_HELP_TEXT,
    N_ ("After the update take the jumper off and press RST, or plug the board in again. With the "
        "jumper on, the board always comes back in update mode.") },
  { 0 },
};

static const JmpHelpPart MAP[] = {
  { JMP_HELP_TEXT,
    N_ ("The map is the board's memory, in the order of its addresses. Each field is a sector: the "
        "smallest part that the board can erase.") },
  { JMP_HELP_HEADING, N_ ("Before the Work") },
  { JMP_HELP_POINT, N_ ("Striped in blue: will be erased and written with the firmware.") },
  { JMP_HELP_POINT, N_ ("Green: kept, such as the files on PYBFLASH.") },
  { JMP_HELP_POINT, N_ ("Gray: not touched at all.") },
  { JMP_HELP_HEADING, N_ ("During and After the Work") },
  { JMP_HELP_TEXT,
    N_ ("Each sector shows what is being done with it, and at last whether it was read back and is "
        "right. A sector that has the right bytes already is left as it is.") },
  { JMP_HELP_HEADING, N_ ("Details") },
  { JMP_HELP_TEXT,
    N_ ("Choose a field with the arrow keys or the pointer, and press Enter to see its addresses "
        "and "
        "its bytes. The same can be shown as a table.") },
  { 0 },
};

static const JmpHelpPart BACKUPS[] = {
  { JMP_HELP_TEXT,
    N_ ("A backup is a copy of the board's memory on this computer. Before the first update of a "
        "board "
        "the program makes one, unless you say no, and it offers one whenever something would be "
        "lost.") },
  { JMP_HELP_POINT, N_ ("Restore writes a backup back, byte for byte, to where it was.") },
  { JMP_HELP_POINT, N_ ("A backup can be compared with the board at any time.") },
  { JMP_HELP_POINT, N_ ("A saved copy is a DfuSe file, which other programs can write, too.") },
  { JMP_HELP_HEADING, N_ ("What Is in It") },
  { JMP_HELP_TEXT,
    N_ ("Everything that was on the board: programs, files, and passwords that are in them. Only "
        "your "
        "user account on this computer can read it. Be careful with copies that you give away.") },
  { 0 },
};

static const JmpHelpPart WRONG[] = {
  { JMP_HELP_TEXT,
    N_ ("On an STM32 chip the boot loader is in memory that cannot be changed. An update that was "
        "interrupted leaves a board that does not start, not a broken one.") },
  { JMP_HELP_HEADING, N_ ("The Board Went Away") },
  { JMP_HELP_TEXT,
    N_ ("The work waits. Put the board into update mode and connect it again: the work goes on, "
        "and "
        "what is right already is not written twice.") },
  { JMP_HELP_HEADING, N_ ("It Does Not Appear") },
  { JMP_HELP_POINT, N_ ("Try another cable: many carry only power.") },
  { JMP_HELP_POINT, N_ ("Join the pins before the cable goes in, or press RST after.") },
  { JMP_HELP_POINT, N_ ("Use the connector of the chip itself, not the one of the ST-Link.") },
  { JMP_HELP_HEADING, N_ ("The Update Failed") },
  { JMP_HELP_TEXT,
    N_ ("The page says what happened, what state the board is in and what helps. Try Again does "
        "only "
        "what is left. Copy Report takes everything along that somebody needs who is going to help "
        "you.") },
  { JMP_HELP_HEADING, N_ ("It Comes Back in Update Mode") },
  { JMP_HELP_TEXT, N_ ("The jumper is still on. Take it off, and press RST.") },
  { 0 },
};

static const JmpHelpPart KEPT[] = {
  { JMP_HELP_HEADING, N_ ("On the Board") },
  { JMP_HELP_TEXT,
    N_ ("An update writes only the sectors that the firmware needs. On a pyboard the files on "
        "PYBFLASH "
        "stay. Bytes that share a sector with the firmware are saved first and put back, where "
        "that "
        "is possible; where it is not, the page says so before the work.") },
  { JMP_HELP_HEADING, N_ ("On This Computer") },
  { JMP_HELP_POINT, N_ ("Downloaded firmware, until you clear it in the preferences.") },
  { JMP_HELP_POINT, N_ ("Backups, until you delete them.") },
  { JMP_HELP_POINT, N_ ("The names that you gave your boards, by their serial numbers.") },
  { JMP_HELP_POINT, N_ ("A history of updates.") },
  { JMP_HELP_HEADING, N_ ("Elsewhere") },
  { JMP_HELP_TEXT,
    N_ ("Nothing. The network is used to look for releases and to download them, and for nothing "
        "else.") },
  { 0 },
};

static const JmpHelpTopic TOPICS[] = {
  { "update-mode",
    N_ ("Put a Board into Update Mode"),
    "pyboard-jumper",
    N_ ("A jumper is put on the pins DFU and 3V3, which are beside each other; then the USB cable "
        "is "
        "plugged in."),
    UPDATE_MODE },
  { "map",
    N_ ("What the Map Shows"),
    "map",
    N_ ("A map of a board's memory: two parts will be written, three are kept, one is empty."),
    MAP },
  { "backups",
    N_ ("Backups"),
    "backup",
    N_ ("What is on a board goes into a box, and back."),
    BACKUPS },
  { "wrong",
    N_ ("When Something Goes Wrong"),
    "repair",
    N_ ("A cable comes off a board; a shield with a check mark protects the board."),
    WRONG },
  { "kept",
    N_ ("What Is Kept"),
    "folder",
    N_ ("A folder with a text and a memory map in it."),
    KEPT },
};

/**
 * jmp_help_topics:
 * @n_topics: (out): how many there are
 *
 * Returns: (array length=n_topics) (transfer none): the pages, in the order of the list
 */
const JmpHelpTopic *
jmp_help_topics (guint *n_topics)
{
  *n_topics = G_N_ELEMENTS (TOPICS);
  return TOPICS;
}
