/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/evidence.h"

#include "base/error.h"
#include "jumperctl/board-memory.h"
#include "jumperctl/json.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* More names than this say nothing to a person. */
#define MAX_NAMES 6

/**
 * ctl_evidence_catalogue:
 *
 * Returns: (transfer none) (nullable): the boards that the program knows, read once
 */
JmpCatalogue *
ctl_evidence_catalogue (void)
{
  static JmpCatalogue *catalogue;

  if (catalogue == NULL)
    catalogue = jmp_catalogue_new_built_in (NULL);
  return catalogue;
}

/**
 * ctl_evidence_free:
 * @self: (transfer full): evidence
 *
 * Frees it.
 */
void
ctl_evidence_free (CtlEvidence *self)
{
  g_clear_pointer (&self->choice, jmp_choice_free);
  g_clear_pointer (&self->look, jmp_look_free);
  g_clear_error (&self->problem);
  g_free (self);
}

static JmpChoice *
choose (JmpDevice *device, const char *memory, GBytes *flash)
{
  g_autofree char *remembered = ctl_board_memory_find_build (device, memory);
  const JmpEvidence evidence = {
    .remembered = remembered,
    .memory = flash,
    .info = jmp_device_get_info (device),
  };

  return jmp_choose_board (ctl_evidence_catalogue (), &evidence);
}

/**
 * ctl_evidence_new:
 * @device: a board
 * @memory: (nullable): of a practice board, the file that it keeps its memory in
 *
 * What can be known of a board without opening it.
 *
 * Returns: (transfer full): the evidence
 */
CtlEvidence *
ctl_evidence_new (JmpDevice *device, const char *memory)
{
  CtlEvidence *self = g_new0 (CtlEvidence, 1);

  if (ctl_evidence_catalogue () != NULL)
    self->choice = choose (device, memory, NULL);
  return self;
}

/**
 * ctl_evidence_look:
 * @session: a session
 * @board: a board with a device
 * @error: %G_IO_ERROR_CANCELLED
 *
 * What can be known of a board that is looked into. A flash that cannot be read is no error.
 *
 * Returns: (transfer full) (nullable): the evidence
 */
CtlEvidence *
ctl_evidence_look (CtlSession *session, const CtlBoard *board, GError **error)
{
  JmpCatalogue *catalogue = ctl_evidence_catalogue ();
  g_autoptr (CtlEvidence) self = g_new0 (CtlEvidence, 1);
  g_autoptr (GBytes) flash = NULL;

  if (catalogue == NULL)
    return g_steal_pointer (&self);
  flash = jmp_look_read (catalogue, board->device, session->cancellable, &self->problem);
  if (self->problem != NULL && jmp_error_is_cancelled (self->problem)) {
    g_propagate_error (error, g_steal_pointer (&self->problem));
    return NULL;
  }
  if (flash != NULL)
    self->look = jmp_look_into (catalogue, flash);
  self->choice = choose (board->device, board->memory, flash);
  return g_steal_pointer (&self);
}

static void
add_candidate (JsonBuilder *builder, const JmpCandidate *candidate)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "id", candidate->board->id);
  ctl_json_string (builder, "product", candidate->board->product);
  ctl_json_string (builder, "vendor", candidate->board->vendor);
  ctl_json_string (builder, "variant", candidate->variant);
  ctl_json_string (builder, "reason", jmp_reason_to_string (candidate->reason));
  json_builder_end_object (builder);
}

/**
 * ctl_evidence_json:
 * @self: evidence
 * @builder: in the object of a board
 *
 * Adds "board", the one that it is for certain, or null; and "candidates", all that it can be, the
 * likeliest first, each with the reason.
 */
void
ctl_evidence_json (const CtlEvidence *self, JsonBuilder *builder)
{
  const JmpChoice *choice = self->choice;

  json_builder_set_member_name (builder, "board");
  if (choice != NULL && choice->sure != NULL)
    add_candidate (builder, choice->sure);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; choice != NULL && i < choice->candidates->len; i++)
    add_candidate (builder, &g_array_index (choice->candidates, JmpCandidate, i));
  json_builder_end_array (builder);
}

/**
 * ctl_evidence_json_look:
 * @self: evidence
 * @builder: in the object of a board
 *
 * Adds "firmware", what the firmware in the flash says of itself, or null.
 */
void
ctl_evidence_json_look (const CtlEvidence *self, JsonBuilder *builder)
{
  const JmpLook *look = self->look;

  json_builder_set_member_name (builder, "firmware");
  if (look == NULL || (look->machine == NULL && look->version == NULL)) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  ctl_json_string (builder, "version", look->version);
  ctl_json_string (builder, "machine", look->machine);
  ctl_json_string (builder, "board", look->board != NULL ? look->board->id : NULL);
  json_builder_end_object (builder);
}

static void
print_look (const CtlEvidence *self, CtlSession *session)
{
  const JmpLook *look = self->look;

  if (look == NULL)
    return;
  if (look->version != NULL && look->machine != NULL)
    /* Translators: a version, and how the firmware names the board that it was built for. */
    ctl_session_print (session,
                       _ ("  In its flash: MicroPython v%s, built for %s\n"),
                       look->version,
                       look->machine);
  else if (look->machine != NULL)
    ctl_session_print (session, _ ("  In its flash: firmware built for %s\n"), look->machine);
  else if (look->version != NULL)
    ctl_session_print (session, _ ("  In its flash: firmware v%s\n"), look->version);
}

static const char *
why (JmpReason reason)
{
  switch (reason) {
  case JMP_REASON_RUNNING:
    return _ ("its firmware said so");
  case JMP_REASON_REMEMBERED:
    return _ ("it was given firmware for that before");
  case JMP_REASON_MEMORY:
    return _ ("the firmware in its flash says so");
  case JMP_REASON_FITS:
    return _ ("no other one is known that fits");
  }
  return "";
}

static char *
list_names (const GArray *candidates)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < MIN (candidates->len, MAX_NAMES); i++)
    g_ptr_array_add (names, g_array_index (candidates, JmpCandidate, i).board->id);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

/**
 * ctl_evidence_print:
 * @self: evidence
 * @session: a session
 *
 * Says which kind of board it is, and why; or which ones it can be.
 */
void
ctl_evidence_print (const CtlEvidence *self, CtlSession *session)
{
  const JmpChoice *choice = self->choice;
  g_autofree char *names = NULL;
  guint more;

  print_look (self, session);
  if (choice == NULL || choice->candidates->len == 0)
    return;
  if (choice->sure != NULL) {
    g_autofree char *board = jmp_words_board (choice->sure->board);

    ctl_session_print (session, _ ("  It is: %s (%s)\n"), board, why (choice->sure->reason));
    return;
  }
  if (choice->contradiction)
    ctl_session_print (session, _ ("  What is known of it does not agree.\n"));
  names = list_names (choice->candidates);
  more = choice->candidates->len - MIN (choice->candidates->len, MAX_NAMES);
  if (more == 0)
    ctl_session_print (session, _ ("  It can be: %s\n"), names);
  else
    ctl_session_print (session,
                       ngettext ("  It can be: %s, or %u other kind of board\n",
                                 "  It can be: %s, or %u other kinds of boards\n",
                                 more),
                       names,
                       more);
}
