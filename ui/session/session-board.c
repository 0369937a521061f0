/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which board of the catalogue a session's board is, which firmware is on it, and what the person calls
 * it. Never guessed: without a witness, and where more than one board fits, nobody knows. */

#include "session/session-private.h"

#include "board/look.h"
#include "board/regions.h"
#include "device/practice.h"
#include "releases/offer-private.h"
#include "virtual/repl.h"
#include "words/words-practice.h"

#include <string.h>

static void
set_string (char **to, const char *from)
{
  char *copy = g_strdup (from);

  g_free (*to);
  *to = copy;
}

void
jmp_session_forget_board (JmpSession *self)
{
  jmp_offer_detach (self);
  g_clear_pointer (&self->choice, jmp_choice_free);
  g_clear_pointer (&self->said, jmp_board_unref);
  g_clear_pointer (&self->said_variant, g_free);
  g_clear_pointer (&self->seen_build, g_free);
  g_clear_pointer (&self->seen_machine, g_free);
  g_clear_pointer (&self->seen_version, g_free);
  g_clear_pointer (&self->seen_memory, g_bytes_unref);
  g_clear_pointer (&self->remembered.nickname, g_free);
  g_clear_pointer (&self->remembered.board_id, g_free);
  g_clear_pointer (&self->remembered.variant, g_free);
  g_clear_pointer (&self->remembered.version, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->known, jmp_known_boards_unref);
  g_clear_pointer (&self->library, jmp_library_unref);
}

/* A board that cannot be told from others may be another one when it comes back, unless it goes and comes
 * in the middle of its work. */
static void
forget_stranger (JmpSession *self)
{
  if (jmp_device_get_mode (self->device) != JMP_DEVICE_GONE || self->job != NULL
      || jmp_session_is_restarting (self) || jmp_session_can_remember (self)
      || jmp_device_is_practice (self->device))
    return;
  g_clear_pointer (&self->said, jmp_board_unref);
  g_clear_pointer (&self->said_variant, g_free);
  g_clear_pointer (&self->seen_build, g_free);
  g_clear_pointer (&self->seen_machine, g_free);
  g_clear_pointer (&self->seen_version, g_free);
  g_clear_pointer (&self->seen_memory, g_bytes_unref);
  g_clear_pointer (&self->remembered.board_id, g_free);
  g_clear_pointer (&self->remembered.variant, g_free);
  g_clear_pointer (&self->remembered.version, g_free);
}

static char *
remembered_build (JmpSession *self)
{
  const char *id = self->remembered.board_id;
  JmpCatalogue *catalogue = jmp_library_get_catalogue (self->library);
  g_autoptr (JmpBoard) board = NULL;

  if (id != NULL)
    board = jmp_catalogue_find_board (catalogue, id);
  if (board != NULL)
    jmp_board_ref (board);
  else if (jmp_device_is_practice (self->device))
    board = jmp_regions_find_board (catalogue, self->device, NULL);
  return board != NULL ? jmp_choose_write_build (board, self->remembered.variant) : NULL;
}

/* What firmware or memory said is as good the next time. */
static void
remember_witness (JmpSession *self)
{
  const JmpCandidate *sure = self->choice->sure;

  if (sure == NULL || self->said != NULL || sure->reason == JMP_REASON_FITS
      || sure->reason == JMP_REASON_REMEMBERED
      || g_strcmp0 (self->remembered.board_id, sure->board->id) == 0)
    return;
  set_string (&self->remembered.board_id, sure->board->id);
  set_string (&self->remembered.variant, sure->variant);
  jmp_session_write_down (self, JMP_SESSION_NOTE_BOARD);
}

/* Ranks the boards that it can be, from all that is known now. */
void
jmp_session_choose_board (JmpSession *self)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  g_autofree char *remembered = NULL;

  if (self->library == NULL)
    return;
  forget_stranger (self);
  jmp_session_recall (self);
  remembered = remembered_build (self);
  g_clear_pointer (&self->choice, jmp_choice_free);
  self->choice = jmp_choose_board (jmp_library_get_catalogue (self->library),
                                   &(JmpEvidence){
                                       .build = self->seen_build,
                                       .machine = self->seen_machine,
                                       .version = self->seen_version,
                                       .remembered = remembered,
                                       .memory = self->seen_memory,
                                       .info = info != NULL && info->dfu_mode ? info : NULL,
                                   });
  remember_witness (self);
}

/* The plan depends on what is known of the board's memory. */
static void
board_changed (JmpSession *self)
{
  jmp_session_choose_board (self);
  if (self->job == NULL)
    jmp_session_make_plan (self);
  jmp_session_changed (self);
}

/* What the factory put on a practice board is known: a person sees at once what an update is. */
static void
recall_practice (JmpSession *self)
{
  JmpVirtualBoard *board = jmp_practice_device_get_board (self->device);
  g_autofree char *build = NULL;
  g_autofree char *banner = NULL;
  g_autoptr (GBytes) memory = NULL;
  g_autoptr (JmpLook) look = NULL;

  if (board == NULL)
    return;
  banner = jmp_virtual_board_get_banner (board, &build);
  if (banner == NULL)
    return;
  memory = g_bytes_new (banner, strlen (banner) + 1);
  look = jmp_look_into (jmp_library_get_catalogue (self->library), memory);
  set_string (&self->remembered.version, look->version);
}

/**
 * jmp_session_set_knowledge:
 * @self: a session
 * @library: the releases and the catalogue
 * @known: (nullable): what is remembered of boards
 *
 * Says what the program knows; once, before anything else.
 */
void
jmp_session_set_knowledge (JmpSession *self, JmpLibrary *library, JmpKnownBoards *known)
{
  g_return_if_fail (JMP_IS_SESSION (self) && self->library == NULL);

  self->library = jmp_library_ref (library);
  self->known = known != NULL ? jmp_known_boards_ref (known) : NULL;
  recall_practice (self);
  jmp_offer_attach (self);
  board_changed (self);
}

/**
 * jmp_session_get_library:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the releases and the catalogue
 */
JmpLibrary *
jmp_session_get_library (JmpSession *self)
{
  return self->library;
}

/**
 * jmp_session_get_board:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the board of the catalogue that it certainly is
 */
JmpBoard *
jmp_session_get_board (JmpSession *self)
{
  if (self->said != NULL)
    return self->said;
  return self->choice != NULL && self->choice->sure != NULL ? self->choice->sure->board : NULL;
}

/**
 * jmp_session_get_variant:
 * @self: a session whose board is known
 *
 * Returns: (transfer none) (nullable): which build of the firmware it takes; %NULL is the standard one
 */
const char *
jmp_session_get_variant (JmpSession *self)
{
  if (self->said != NULL)
    return self->said_variant;
  return self->choice != NULL && self->choice->sure != NULL ? self->choice->sure->variant : NULL;
}

/**
 * jmp_session_get_version:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the version of the firmware that is on the board, as it was last
 *   seen or installed
 */
const char *
jmp_session_get_version (JmpSession *self)
{
  if (self->choice != NULL && self->choice->version != NULL)
    return self->choice->version;
  return self->remembered.version;
}

/**
 * jmp_session_get_choice:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the boards that it can be, the likeliest first; until the next
 *   change
 */
const JmpChoice *
jmp_session_get_choice (JmpSession *self)
{
  return self->choice;
}

/**
 * jmp_session_set_board:
 * @self: a session with a library
 * @board: (nullable): which board the person said that it is; %NULL to know it no longer
 * @variant: (nullable): which build of the firmware it takes; %NULL is the standard one
 *
 * Takes the person's word, and remembers it where the board can be told from others.
 */
void
jmp_session_set_board (JmpSession *self, JmpBoard *board, const char *variant)
{
  JmpBoard *before;

  g_return_if_fail (JMP_IS_SESSION (self) && self->library != NULL);

  before = self->said;
  self->said = board != NULL ? jmp_board_ref (board) : NULL;
  g_clear_pointer (&before, jmp_board_unref);
  set_string (&self->said_variant, variant);
  /* to what another board would have lost */
  g_clear_pointer (&self->agreed, jmp_firmware_loader_unref);
  if (board == NULL || g_strcmp0 (self->remembered.board_id, board->id) != 0)
    set_string (&self->remembered.version, NULL);
  set_string (&self->remembered.board_id, board != NULL ? board->id : NULL);
  set_string (&self->remembered.variant, variant);
  jmp_session_write_down (self, JMP_SESSION_NOTE_BOARD | JMP_SESSION_NOTE_VERSION);
  board_changed (self);
}

/**
 * jmp_session_set_seen:
 * @self: a session
 * @seen: what was seen of the board: what its firmware said, or some of its memory; members that are
 *   %NULL change nothing
 *
 * Takes a witness into account.
 */
void
jmp_session_set_seen (JmpSession *self, const JmpEvidence *seen)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (seen->build != NULL)
    set_string (&self->seen_build, seen->build);
  if (seen->machine != NULL)
    set_string (&self->seen_machine, seen->machine);
  if (seen->version != NULL) {
    set_string (&self->seen_version, seen->version);
    jmp_session_note_version (self, seen->version);
  }
  if (seen->memory != NULL) {
    g_clear_pointer (&self->seen_memory, g_bytes_unref);
    self->seen_memory = g_bytes_ref (seen->memory);
  }
  board_changed (self);
}

/* The version that is on the board; %NULL when that is known no longer. */
void
jmp_session_note_version (JmpSession *self, const char *version)
{
  set_string (&self->seen_version, version);
  if (self->choice != NULL)
    g_clear_pointer (&self->choice->version, g_free);
  if (version == NULL)
    g_clear_pointer (&self->seen_memory, g_bytes_unref);
  if (g_strcmp0 (self->remembered.version, version) == 0)
    return;
  set_string (&self->remembered.version, version);
  jmp_session_write_down (self, JMP_SESSION_NOTE_VERSION);
}

/* Work on the board begins, or leaves it without firmware that is whole: also for who starts the program
 * anew. */
void
jmp_session_note_work (JmpSession *self, gboolean unfinished)
{
  if (self->remembered.unfinished == unfinished)
    return;
  self->remembered.unfinished = unfinished;
  jmp_session_write_down (self, JMP_SESSION_NOTE_WORK);
}

/* The chosen firmware is on the board now. A build that ran before runs no longer. */
void
jmp_session_note_firmware (JmpSession *self)
{
  const JmpFirmware *firmware = self->firmware;
  JmpBoard *board = jmp_session_get_board (self);

  if (board == NULL || firmware->board_id == NULL
      || !jmp_board_is_called (board, firmware->board_id))
    return;
  g_clear_pointer (&self->seen_build, g_free);
  g_clear_pointer (&self->seen_machine, g_free);
  set_string (&self->said_variant, self->said != NULL ? firmware->variant : NULL);
  set_string (&self->remembered.board_id, board->id);
  set_string (&self->remembered.variant, firmware->variant);
  jmp_session_write_down (self, JMP_SESSION_NOTE_BOARD);
  jmp_session_note_version (self, firmware->version);
  jmp_session_choose_board (self);
}

/**
 * jmp_session_get_nickname:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the person calls the board
 */
const char *
jmp_session_get_nickname (JmpSession *self)
{
  return self->remembered.nickname;
}

/**
 * jmp_session_set_nickname:
 * @self: a session
 * @nickname: (nullable): what the person calls the board; %NULL or blank for nothing
 *
 * Gives the board a name of its own, and remembers it where the board can be told from others.
 */
void
jmp_session_set_nickname (JmpSession *self, const char *nickname)
{
  g_autofree char *name = g_strstrip (g_strdup (nickname != NULL ? nickname : ""));
  const char *wanted = *name != '\0' ? name : NULL;

  g_return_if_fail (JMP_IS_SESSION (self));

  if (g_strcmp0 (self->remembered.nickname, wanted) == 0)
    return;
  set_string (&self->remembered.nickname, wanted);
  jmp_session_write_down (self, JMP_SESSION_NOTE_NICKNAME);
  jmp_session_changed (self);
}

/**
 * jmp_session_get_title:
 * @self: a session
 *
 * Returns: (transfer none): what to call the board: the person's name for it, else what it is sold as,
 *   else what the device says
 */
const char *
jmp_session_get_title (JmpSession *self)
{
  JmpBoard *board = jmp_session_get_board (self);

  if (self->remembered.nickname != NULL)
    return self->remembered.nickname;
  if (board != NULL && !jmp_device_is_practice (self->device))
    return board->product;
  return jmp_words_device_name (self->device);
}
