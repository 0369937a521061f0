/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way, as in the original-firmware page of the pyboard's wiki: everything off a used board,
 * its own file system included, then a wipe and other firmware, and all of it back, byte for byte. */

#include "assert-text.h"

#include "backup/store.h"
#include "base/error.h"
#include "flash/job.h"
#include "store-kit.h"
#include "virtual/virtual-usb.h"

#include <string.h>

typedef struct {
  guint8 alt;
  guint32 base;
  gsize size;
  guint8 *before;
} Memory;

typedef struct {
  JmpVirtualBoard *board;
  JmpDfuInfo *info;
  GArray *memories;
} Round;

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  return jmp_virtual_usb_open (user_data, error);
}

static guint8 *
peek (Round *self, const Memory *memory)
{
  guint8 *data = g_malloc (memory->size);

  assert_true (jmp_virtual_board_peek (self->board, memory->alt, memory->base, data, memory->size));
  return data;
}

/* A new board is blank, and a backup of it proves little. */
static void
use (Round *self, Memory *memory)
{
  g_autofree guint8 *data = peek (self, memory);

  for (gsize i = memory->size / 2; i < memory->size; i++)
    data[i] = (guint8)(i * 31 + (i >> 9));
  assert_true (jmp_virtual_board_poke (self->board, memory->alt, memory->base, data, memory->size));
  memory->before = g_steal_pointer (&data);
}

/* What is written and put back: the memories with sectors that can be erased. */
static void
find_memories (Round *self)
{
  for (guint i = 0; i < self->info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (self->info->alts, i);
    JmpSector first;
    Memory memory = { .alt = alt->alt };

    if (alt->layout == NULL || jmp_plan_is_special (alt)
        || !jmp_layout_get_sector (alt->layout, 0, &first))
      continue;
    memory.base = first.address;
    memory.size = (gsize)jmp_layout_get_size (alt->layout);
    use (self, &memory);
    g_array_append_val (self->memories, memory);
  }
}

static void
memory_clear (gpointer data)
{
  g_free (((Memory *)data)->before);
}

static void
round_init (Round *self, const char *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = NULL;

  self->board = jmp_virtual_board_new (spec, &error);
  assert_no_error (error);
  usb = jmp_virtual_usb_open (self->board, &error);
  self->info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  self->memories = g_array_new (FALSE, FALSE, sizeof (Memory));
  g_array_set_clear_func (self->memories, memory_clear);
  find_memories (self);
}

static void
round_clear (Round *self)
{
  g_array_unref (self->memories);
  jmp_dfu_info_unref (self->info);
  jmp_virtual_board_unref (self->board);
}

static void
plug_again (Round *self)
{
  jmp_virtual_board_unplug (self->board);
  jmp_virtual_board_set_jumper (self->board, TRUE);
  jmp_virtual_board_plug (self->board);
}

static JmpJob *
make_job (Round *self)
{
  return jmp_job_new (self->info, open_cb, self->board, NULL);
}

/* Takes the plan. */
static void
run_plan (Round *self, JmpPlan *plan)
{
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  assert_non_null (plan);
  jmp_job_set_plan (job, plan);
  jmp_plan_unref (plan);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
}

static void
flash (Round *self, JmpImage *image)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  jmp_job_set_flash (job, image, &options);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  plug_again (self);
}

static JmpBackup *
back_up (Round *self, JmpBackupStore *store)
{
  const JmpBackupLabel label = { .identity = KIT_IDENTITY, .info = self->info };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_backup_all (self->info, TRUE, &error);
  g_autoptr (JmpJob) job = make_job (self);
  JmpBackup *backup;

  assert_no_error (error);
  jmp_job_set_plan (job, plan);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  backup = jmp_backup_store_add (store, &label, jmp_job_get_outcome (job)->read, NULL, &error);
  assert_no_error (error);
  return backup;
}

/* Whether the board holds the backup, and the address of the first difference. */
static gboolean
is_identical (Round *self, JmpImage *image)
{
  g_autoptr (JmpPlan) plan = jmp_plan_verify (image, self->info, NULL);
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  jmp_job_set_plan (job, plan);
  if (jmp_job_run (job, NULL, &error))
    return TRUE;
  assert_error (error, JMP_ERROR, JMP_ERROR_VERIFY, NULL);
  return FALSE;
}

static void
check_memories (Round *self)
{
  for (guint i = 0; i < self->memories->len; i++) {
    const Memory *memory = &g_array_index (self->memories, Memory, i);
    g_autofree guint8 *now = peek (self, memory);

    assert_memory_equal (now, memory->before, memory->size);
  }
}

static void
wipe (Round *self)
{
  for (guint i = 0; i < self->memories->len; i++)
    run_plan (self,
              jmp_plan_erase_all (self->info, g_array_index (self->memories, Memory, i).alt, NULL));
}

/* Firmware that stands where the backup begins. */
static char *
make_other (const JmpBackup *backup)
{
  const JmpBackupRange *range = g_ptr_array_index (backup->ranges, 0);

  return g_strdup_printf ("%u 0x%08X 50000", range->alt, range->address);
}

static void
go_round (StoreKit *kit, const char *spec)
{
  g_autoptr (JmpBackup) backup = NULL;
  g_autoptr (JmpImage) other = NULL;
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Round self = { 0 };

  round_init (&self, spec);
  backup = back_up (&self, kit->store);
  image = jmp_backup_store_load (kit->store, backup, NULL, &error);
  assert_no_error (error);
  assert_true (is_identical (&self, image));
  wipe (&self);
  assert_false (is_identical (&self, image));
  text = make_other (backup);
  other = store_kit_image (text);
  flash (&self, other);
  assert_false (is_identical (&self, image));
  flash (&self, image);
  assert_true (is_identical (&self, image));
  check_memories (&self);
  assert_int_equal (jmp_virtual_board_get_counters (self.board).violations, 0);
  round_clear (&self);
}

static void
test_round_brings_everything_back (void **state)
{
  static const char *const specs[] = { "pyboard,speed=0", "nucleo-h743,speed=0", "spark,speed=0" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    print_message ("%s\n", specs[i]);
    go_round (*state, specs[i]);
  }
}

/* The file system of a used pyboard begins at 0x08004000, in sectors that no firmware names. */
static void
test_round_has_the_files_of_the_board (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = NULL;
  g_autoptr (JmpImage) image = NULL;
  const JmpSegment *segment;
  const guint8 *bytes;
  Round self = { 0 };

  round_init (&self, "pyboard,speed=0");
  backup = back_up (&self, kit->store);
  image = jmp_backup_store_load (kit->store, backup, NULL, NULL);
  segment = &jmp_image_get_target (image, 0)->segments[0];
  bytes = g_bytes_get_data (segment->bytes, NULL);
  assert_int_equal (segment->address, 0x08000000);
  assert_int_equal (g_bytes_get_size (segment->bytes), 1024 * 1024);
  /* a FAT boot sector ends in 55 AA */
  assert_int_equal (bytes[0x4000 + 510], 0x55);
  assert_int_equal (bytes[0x4000 + 511], 0xaa);
  round_clear (&self);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, store_kit_set_up, store_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_round_brings_everything_back),
    TEST (test_round_has_the_files_of_the_board),
  };

  return cmocka_run_group_tests_name ("backup/round", tests, NULL, NULL);
}
