/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/choose.h"

#include "board/look.h"

/* The ids of ST's boot loader in ROM, which say nothing about the board. */
#define ROM_VID 0x0483
#define ROM_PID 0xDF11

/**
 * jmp_reason_to_string:
 * @reason: a reason
 *
 * Returns: (transfer none): a word for it
 */
const char *
jmp_reason_to_string (JmpReason reason)
{
  static const char *const names[] = { "fits", "memory", "remembered", "running" };

  return names[reason];
}

/* One thing that was said: this board, and perhaps this build. */
typedef struct {
  JmpBoard *board;
  JmpReason reason;
  char *variant;
  gboolean variant_known;
} Claim;

static void
claim_clear (gpointer data)
{
  Claim *self = data;

  g_free (self->variant);
}

/* "PYBV11-DP", with a variant that the board has. */
static void
claim_build (GArray *claims, JmpCatalogue *catalogue, const char *build, JmpReason reason)
{
  g_autofree char *variant = NULL;
  Claim claim = { .reason = reason };

  if (build == NULL)
    return;
  claim.board = jmp_catalogue_find_by_build (catalogue, build, &variant);
  if (claim.board == NULL)
    return;
  claim.variant_known = variant == NULL || jmp_board_find_variant (claim.board, variant) != NULL;
  claim.variant = claim.variant_known ? g_steal_pointer (&variant) : NULL;
  g_array_append_val (claims, claim);
}

static void
claim_board (GArray *claims, JmpBoard *board, JmpReason reason)
{
  Claim claim = { .board = board, .reason = reason };

  if (board != NULL)
    g_array_append_val (claims, claim);
}

/* What all the evidence says, the strongest first. The build and the machine are one witness: the
 * machine counts when the build leads nowhere. */
static GArray *
collect_claims (JmpCatalogue *catalogue, const JmpEvidence *evidence, const JmpLook *look)
{
  GArray *claims = g_array_new (FALSE, FALSE, sizeof (Claim));

  g_array_set_clear_func (claims, claim_clear);
  claim_build (claims, catalogue, evidence->build, JMP_REASON_RUNNING);
  if (claims->len == 0 && evidence->machine != NULL)
    claim_board (
        claims, jmp_catalogue_find_by_machine (catalogue, evidence->machine), JMP_REASON_RUNNING);
  claim_build (claims, catalogue, evidence->remembered, JMP_REASON_REMEMBERED);
  if (look != NULL)
    claim_board (claims, look->board, JMP_REASON_MEMORY);
  return claims;
}

static void
candidate_clear (gpointer data)
{
  JmpCandidate *self = data;

  jmp_board_unref (self->board);
  g_free (self->variant);
}

static JmpCandidate *
find_candidate (JmpChoice *self, JmpBoard *board)
{
  for (guint i = 0; i < self->candidates->len; i++) {
    JmpCandidate *candidate = &g_array_index (self->candidates, JmpCandidate, i);

    if (candidate->board == board)
      return candidate;
  }
  return NULL;
}

static JmpCandidate *
add_candidate (JmpChoice *self, JmpBoard *board, JmpReason reason)
{
  JmpCandidate candidate = { .board = jmp_board_ref (board), .reason = reason };

  g_array_append_val (self->candidates, candidate);
  return &g_array_index (self->candidates, JmpCandidate, self->candidates->len - 1);
}

/* Takes the claims in their order. One for a board that the device cannot be is a contradiction and
 * nothing else; so are two for two boards. */
static void
take_claims (JmpChoice *self, GArray *claims, const JmpDfuInfo *info)
{
  for (guint i = 0; i < claims->len; i++) {
    Claim *claim = &g_array_index (claims, Claim, i);
    JmpCandidate *candidate;

    if (info != NULL && jmp_board_fits (claim->board, info) == JMP_FIT_NO) {
      self->contradiction = TRUE;
      continue;
    }
    candidate = find_candidate (self, claim->board);
    if (candidate == NULL) {
      self->contradiction = self->contradiction || self->candidates->len > 0;
      candidate = add_candidate (self, claim->board, claim->reason);
    }
    if (!candidate->variant_known && claim->variant_known) {
      candidate->variant_known = TRUE;
      candidate->variant = g_steal_pointer (&claim->variant);
    }
  }
}

static void
add_fitting (JmpChoice *self, JmpCatalogue *catalogue, const JmpDfuInfo *info)
{
  g_autoptr (GPtrArray) fitting = jmp_catalogue_find_fitting (catalogue, info);

  for (guint i = 0; i < fitting->len; i++)
    if (find_candidate (self, fitting->pdata[i]) == NULL)
      add_candidate (self, fitting->pdata[i], JMP_REASON_FITS);
}

/* A board that was named by one witness and contradicted by none; or the only one that fits, where the
 * USB ids are the board's own and not those of the chip's ROM. */
static const JmpCandidate *
find_sure (const JmpChoice *self, const JmpDfuInfo *info)
{
  const JmpCandidate *first;

  if (self->contradiction || self->candidates->len == 0)
    return NULL;
  first = &g_array_index (self->candidates, JmpCandidate, 0);
  if (first->reason != JMP_REASON_FITS)
    return first;
  if (self->candidates->len > 1 || info == NULL || (info->vid == ROM_VID && info->pid == ROM_PID))
    return NULL;
  return first;
}

/**
 * jmp_choose_board:
 * @catalogue: the boards
 * @evidence: what is known
 *
 * Ranks the boards that it can be: those that were named first, by the strength of who named them, then
 * all others that fit. One of them is sure only when nothing speaks against it.
 *
 * Returns: (transfer full): the candidates, perhaps none
 */
JmpChoice *
jmp_choose_board (JmpCatalogue *catalogue, const JmpEvidence *evidence)
{
  JmpChoice *self = g_new0 (JmpChoice, 1);
  g_autoptr (JmpLook) look = evidence->memory != NULL ? jmp_look_into (catalogue, evidence->memory)
                                                      : NULL;
  g_autoptr (GArray) claims = collect_claims (catalogue, evidence, look);

  self->candidates = g_array_new (FALSE, FALSE, sizeof (JmpCandidate));
  g_array_set_clear_func (self->candidates, candidate_clear);
  if (evidence->version != NULL)
    self->version = g_strdup (evidence->version);
  else if (look != NULL && look->version != NULL && jmp_version_is_valid (look->version))
    self->version = g_strdup (look->version);
  take_claims (self, claims, evidence->info);
  if (evidence->info != NULL)
    add_fitting (self, catalogue, evidence->info);
  self->sure = find_sure (self, evidence->info);
  return self;
}

/**
 * jmp_choice_free:
 * @self: (transfer full): a choice
 *
 * Gives it back.
 */
void
jmp_choice_free (JmpChoice *self)
{
  g_array_unref (self->candidates);
  g_free (self->version);
  g_free (self);
}

/**
 * jmp_choose_release:
 * @releases: (element-type JmpRelease): releases in any order
 * @board: the board
 * @variant: (nullable): the build; %NULL for the standard one
 * @version: (nullable): the version; %NULL for the newest
 * @channel: when @version is %NULL: %JMP_CHANNEL_STABLE takes no previews, %JMP_CHANNEL_PREVIEW takes
 *   whatever is newest
 *
 * Picks the file for a board. Nothing stands in for a variant or a version that is not there.
 *
 * Returns: (nullable) (transfer none): the release
 */
JmpRelease *
jmp_choose_release (GPtrArray *releases,
                    JmpBoard *board,
                    const char *variant,
                    const char *version,
                    JmpChannel channel)
{
  JmpRelease *best = NULL;

  for (guint i = 0; i < releases->len; i++) {
    JmpRelease *release = releases->pdata[i];

    if (release->board_id == NULL || !jmp_board_is_called (board, release->board_id)
        || g_strcmp0 (release->variant, variant) != 0)
      continue;
    if (version != NULL ? jmp_version_compare (release->version, version) != 0
                        : channel == JMP_CHANNEL_STABLE && release->channel != JMP_CHANNEL_STABLE)
      continue;
    if (best == NULL || jmp_release_compare (release, best) < 0)
      best = release;
  }
  return best;
}

/**
 * jmp_choose_write_build:
 * @board: a board
 * @variant: (nullable): a build of its firmware; %NULL for the standard one
 *
 * What to remember of a choice, for #JmpEvidence and jmp_catalogue_find_by_build().
 *
 * Returns: (transfer full): "PYBV11" or "PYBV11-DP"
 */
char *
jmp_choose_write_build (JmpBoard *board, const char *variant)
{
  return variant != NULL ? g_strdup_printf ("%s-%s", board->id, variant) : g_strdup (board->id);
}
