/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "campaign-kit.h"

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "flash/recovery.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#include <glib/gstdio.h>

#define IDENTITY "path:1-4 serial:X"

/* A device whose status lies and whose memory has a bad cell. */
typedef struct {
  JmpUsb base;
  JmpUsb *inner;
  JmpVirtualBoard *board;
  const Trouble *trouble;
  guint32 random;
} Liar;

static guint32
next_random (Liar *self)
{
  guint32 x = self->random;

  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  self->random = x;
  return x;
}

static void
stick (JmpVirtualBoard *board, guint32 address)
{
  guint8 byte;

  if (address == 0 || !jmp_virtual_board_peek (board, 0, address, &byte, 1) || (byte & 1) == 0)
    return;
  byte &= 0xFE;
  jmp_virtual_board_poke (board, 0, address, &byte, 1);
}

static gssize
liar_control (JmpUsb *usb,
              const JmpUsbSetup *setup,
              guint8 *data,
              guint timeout_ms,
              GCancellable *cancellable,
              GError **error)
{
  static const guint8 lies[][2] = {
    { 0, 5 }, { 6, 10 }, { 4, 10 }, { 0, 2 }, { 0, 4 }, { 0x0E, 10 }
  };
  Liar *self = (Liar *)usb;
  gssize moved = jmp_usb_control (self->inner, setup, data, timeout_ms, cancellable, error);

  stick (self->board, self->trouble->stuck);
  if (moved == 6 && setup->request_type == 0xA1 && setup->request == 3
      && next_random (self) % 65536 < self->trouble->lies) {
    const guint8 *lie = lies[next_random (self) % G_N_ELEMENTS (lies)];

    data[0] = lie[0];
    data[4] = lie[1];
  }
  return moved;
}

static gboolean
liar_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return jmp_usb_claim (((Liar *)usb)->inner, interface, error);
}

static gboolean
liar_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  return jmp_usb_set_alt (((Liar *)usb)->inner, interface, alt, error);
}

static gboolean
liar_reset (JmpUsb *usb, GError **error)
{
  return jmp_usb_reset (((Liar *)usb)->inner, error);
}

static gint64
liar_now (JmpUsb *usb)
{
  return jmp_usb_now (((Liar *)usb)->inner);
}

static gboolean
liar_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return jmp_usb_wait (((Liar *)usb)->inner, ms, cancellable, error);
}

static void
liar_free (JmpUsb *usb)
{
  Liar *self = (Liar *)usb;

  jmp_usb_free (self->inner);
  g_free (self);
}

static const JmpUsbOps liar_ops = {
  .claim = liar_claim,
  .set_alt = liar_set_alt,
  .control = liar_control,
  .reset = liar_reset,
  .now = liar_now,
  .wait = liar_wait,
  .free = liar_free,
};

typedef struct {
  Campaign *campaign;
  const Trouble *trouble;
} Opener;

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Opener *self = user_data;
  Campaign *campaign = self->campaign;
  const Trouble *trouble = self->trouble;
  Liar *liar = g_new0 (Liar, 1);
  JmpUsb *fault;

  liar->base.ops = &liar_ops;
  liar->inner = jmp_virtual_usb_open (campaign->bench.board, error);
  liar->board = campaign->bench.board;
  liar->trouble = trouble;
  liar->random = trouble->seed + 77;
  if (liar->inner == NULL) {
    g_free (liar);
    return NULL;
  }
  fault = jmp_usb_fault_new (&liar->base);
  if (trouble->seed != 0)
    jmp_usb_fault_seed (fault, trouble->seed + campaign->waits, trouble->probability);
  if (trouble->unplug_at > 0 && campaign->waits == 0)
    jmp_usb_fault_at (fault, trouble->unplug_at, JMP_FAULT_UNPLUG);
  return fault;
}

static void
pull (Campaign *self, const Trouble *trouble)
{
  jmp_virtual_board_sleep_until (self->bench.board,
                                 jmp_virtual_board_now (self->bench.board) + trouble->late_us);
  jmp_virtual_board_unplug (self->bench.board);
}

static void
replug (Campaign *self)
{
  jmp_virtual_board_unplug (self->bench.board);
  jmp_virtual_board_set_jumper (self->bench.board, TRUE);
  jmp_virtual_board_plug (self->bench.board);
}

static JmpUsb *
reopen_cb (gpointer user_data, GCancellable *cancellable, GError **error)
{
  Opener *self = user_data;

  pull (self->campaign, self->trouble);
  campaign_check_start (self->campaign, "while the job waits");
  self->campaign->waits++;
  replug (self->campaign);
  return open_cb (user_data, error);
}

static void
count_cb (const JmpProgress *progress, gpointer user_data)
{
  double *fraction = user_data;

  if (progress->fraction < *fraction || progress->fraction > 1)
    g_error ("progress goes from %f to %f", *fraction, progress->fraction);
  *fraction = progress->fraction;
}

void
campaign_run (Campaign *self, const Trouble *trouble)
{
  static const Trouble none = { 0 };
  Opener opener = { .campaign = self, .trouble = trouble != NULL ? trouble : &none };
  g_autoptr (JmpJob) job = jmp_job_new (self->bench.info, open_cb, &opener, NULL);
  double fraction = 0;
  const JmpOutcome *outcome;

  self->stuck = opener.trouble->stuck;
  self->bad_chip = self->stuck != 0 || opener.trouble->protect != 0;
  if (opener.trouble->protect != 0)
    jmp_virtual_board_protect_sector (self->bench.board, 0, opener.trouble->protect);
  stick (self->bench.board, self->stuck);
  replug (self);
  g_clear_error (&self->error);
  g_free (self->begun);
  self->begun = bench_flash (&self->bench);
  self->waits = 0;
  self->transfers = 0;
  jmp_job_set_flash (job, self->image, &self->options);
  jmp_job_set_recovery_dir (job, self->folder, IDENTITY);
  jmp_job_set_progress (job, count_cb, &fraction);
  if (opener.trouble->comes_back)
    jmp_job_set_reopen (job, reopen_cb, &opener);
  self->ok = jmp_job_run (job, NULL, &self->error);
  if (g_error_matches (self->error, JMP_ERROR, JMP_ERROR_DISCONNECTED))
    pull (self, opener.trouble);
  outcome = jmp_job_get_outcome (job);
  self->outcome = *outcome;
  self->outcome.read = NULL;
  self->outcome.recovery_file = NULL;
  self->outcome.recovery_aside = NULL;
  self->outcome.recovery_problem = NULL;
  self->transfers += self->outcome.transfers;
}

static void
remove_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_remove (path);
  }
  g_clear_pointer (&dir, g_dir_close);
}

/* Every byte of a used board differs from what comes in its place. */
static void
use_board (Campaign *self)
{
  JmpErased erased = jmp_dfu_info_find_alt (self->bench.info, 0)->quirks.erased;
  guint8 first[16];

  self->blank = jmp_erased_fill (erased);
  assert_true (
      jmp_virtual_board_peek (self->bench.board, 0, self->bench.base, first, sizeof first));
  if (jmp_erased_is_blank (erased, first, sizeof first)) {
    g_autofree guint8 *used = g_malloc (self->bench.size);

    for (gsize i = 0; i < self->bench.size; i++)
      used[i] = (guint8)(kit_byte_at (self->bench.base + (guint32)i) + 13 + i % 7);
    jmp_put_u32 (used, 0x20002000);
    jmp_put_u32 (used + 4, self->bench.base + 0x101);
    jmp_virtual_board_poke (self->bench.board, 0, self->bench.base, used, self->bench.size);
    bench_remember (&self->bench);
  }
}

void
campaign_reset (Campaign *self)
{
  remove_files (self->folder);
  bench_tear_down (&self->bench);
  bench_set_up (&self->bench, self->spec);
  use_board (self);
}

static gboolean
named_by_image (Campaign *self, guint32 address)
{
  const JmpImageTarget *target = jmp_image_find_target (self->image, 0);

  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (address >= segment->address
        && address - segment->address < g_bytes_get_size (segment->bytes))
      return TRUE;
  }
  return FALSE;
}

void
campaign_set_up (Campaign *self, const char *spec, const char *image)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;

  self->spec = spec;
  self->options = options;
  self->folder = g_dir_make_tmp ("jumper-campaign-XXXXXX", NULL);
  self->image = kit_image_new (image);
  bench_set_up (&self->bench, spec);
  use_board (self);
  campaign_run (self, NULL);
  assert_no_error (self->error);
  assert_true (self->ok);
  assert_true (bench_holds (&self->bench, self->image));
  self->expected = bench_flash (&self->bench);
  for (gsize i = 0; i < self->bench.size; i++) {
    gboolean named = named_by_image (self, self->bench.base + (guint32)i);

    /* what is not the image's is as it was, or erased behind its end */
    if (!named && self->expected[i] != self->bench.before[i] && self->expected[i] != self->blank)
      fail_msg ("byte %u became 0x%02X", (guint)i, self->expected[i]);
  }
  assert_false (campaign_has_recovery_file (self));
  bench_check_no_violations (&self->bench);
  campaign_reset (self);
}

void
campaign_tear_down (Campaign *self)
{
  remove_files (self->folder);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->expected);
  g_free (self->begun);
  g_clear_error (&self->error);
  jmp_image_unref (self->image);
  bench_tear_down (&self->bench);
}

static gboolean
is_flash (Campaign *self, const guint8 *bytes)
{
  g_autofree guint8 *now = bench_flash (&self->bench);

  return memcmp (now, bytes, self->bench.size) == 0;
}

gboolean
campaign_is_old (Campaign *self)
{
  return is_flash (self, self->bench.before);
}

gboolean
campaign_is_new (Campaign *self)
{
  return is_flash (self, self->expected);
}

void
campaign_check_start (Campaign *self, const char *when)
{
  guint8 words[8];
  guint32 stack, reset;
  JmpVectorTable table;

  /* beside data, the board's own program stays what it is */
  if (self->bad_chip || !jmp_image_find_vector_table (self->image, &table))
    return;
  jmp_virtual_board_peek (self->bench.board, 0, self->bench.base, words, sizeof words);
  stack = jmp_get_u32 (words);
  reset = jmp_get_u32 (words + 4);
  if ((stack & 0xFF000003) != 0x20000000 || (reset & 0xFF000001) != 0x08000001)
    return;
  if (!campaign_is_old (self) && !campaign_is_new (self))
    fail_msg ("%s: the board would start half a program", when);
}

gboolean
campaign_has_recovery_file (Campaign *self)
{
  g_autofree char *path = jmp_recovery_path (self->folder, IDENTITY);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
campaign_check_kept (Campaign *self, const char *when)
{
  g_autofree guint8 *now = bench_flash (&self->bench);
  g_autofree char *path = jmp_recovery_path (self->folder, IDENTITY);
  g_autoptr (JmpImage) saved = NULL;

  assert_true (jmp_recovery_load (path, self->bench.info, &saved, NULL));
  for (guint i = 0; saved != NULL && i < jmp_image_get_target (saved, 0)->n_segments; i++) {
    const JmpSegment *segment = &jmp_image_get_target (saved, 0)->segments[i];
    gsize length;
    const guint8 *data = g_bytes_get_data (segment->bytes, &length);

    memcpy (now + (segment->address - self->bench.base), data, length);
  }
  for (gsize i = 0; i < self->bench.size; i++) {
    gboolean kept = self->expected[i] == self->bench.before[i] && self->expected[i] != self->blank
                    && (self->stuck == 0 || i != self->stuck - self->bench.base);

    if (kept && now[i] != self->expected[i]
        && !named_by_image (self, self->bench.base + (guint32)i))
      fail_msg ("%s: the byte at 0x%08X is lost", when, self->bench.base + (guint32)i);
  }
}

/* Only a board that has everything was flashed well. */
void
campaign_check_no_claim (Campaign *self, const char *when)
{
  if (self->ok && !campaign_is_new (self))
    fail_msg ("%s: a wrong success", when);
  if ((self->outcome.state == JMP_BOARD_COMPLETE || self->outcome.state == JMP_BOARD_STARTED)
      && !campaign_is_new (self))
    fail_msg ("%s: the outcome says %s", when, jmp_board_state_to_string (self->outcome.state));
  if (self->outcome.state == JMP_BOARD_UNTOUCHED && !is_flash (self, self->begun))
    fail_msg ("%s: the outcome says untouched", when);
}
