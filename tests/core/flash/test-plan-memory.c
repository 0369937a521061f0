/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "flash/plan.h"
#include "plan-kit.h"

#define F405         "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define OPTION_BYTES "@Option Bytes  /0x1FFFC000/01*016 e/0x1FFEC000/01*016 e"
#define PROTECTED    "@Internal Flash   /0x00000000/1*004Kb,47*004Kb"
#define PHOTON       "@Internal Flash   /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg"
#define EEPROM       "@DATA Memory /0x08080000/2*3Ke"
#define OVERLAP      "@Flash2 /0xF000/4*100Ba/0xE000/3*8Kg/0x80000/2*24Kg"
#define HUGE         "@External Flash /0x90000000/1024*128Kg"
#define WRITE_ONLY   "@Secret /0x08000000/2*1Kg,2*1Kf,2*1Kg"

typedef enum {
  BACKUP,
  BACKUP_RANGE,
  ERASE_RANGE,
  ERASE_ALL,
} What;

/* Either the plan, or the error. */
typedef struct {
  const char *name;
  const char *layout;
  What what;
  guint8 alt;
  guint32 address;
  guint64 length;
  const char *expected;
  int code;
  const char *part;
} MemoryCase;

static JmpPlan *
make_plan (const MemoryCase *test, JmpDfuInfo *board, GError **error)
{
  switch (test->what) {
  case BACKUP:
    return jmp_plan_backup (board, test->alt, error);
  case BACKUP_RANGE:
    return jmp_plan_backup_range (board, test->alt, test->address, test->length, error);
  case ERASE_RANGE:
    return jmp_plan_erase_range (board, test->alt, test->address, test->length, error);
  case ERASE_ALL:
    return jmp_plan_erase_all (board, test->alt, error);
  }
  return NULL;
}

static void
check_cases (const MemoryCase *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++) {
    const char *layouts[] = { cases[i].layout, NULL };
    JmpDfuInfo *board = kit_board_new (layouts);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = make_plan (&cases[i], board, &error);
    g_autofree char *text = plan != NULL ? jmp_plan_to_string (plan) : NULL;

    print_message ("  %s\n", cases[i].name);
    if (cases[i].expected != NULL) {
      assert_no_error (error);
      assert_lines_equal (text, cases[i].expected);
    } else {
      assert_null (plan);
      assert_error (error, JMP_ERROR, cases[i].code, cases[i].part);
    }
    jmp_dfu_info_unref (board);
  }
}

static const MemoryCase backup_cases[] = {
  {
      .name = "one range over sectors of several sizes",
      .layout = F405,
      .what = BACKUP,
      .expected = "READ   alt 0 0x08000000 +0x100000\n"
                  "TOTAL  read 1048576\n",
  },
  {
      .name = "two zones",
      .layout = OPTION_BYTES,
      .what = BACKUP,
      .expected = "READ   alt 0 0x1FFEC000 +0x0010\n"
                  "READ   alt 0 0x1FFFC000 +0x0010\n"
                  "TOTAL  read 32\n",
  },
  {
      .name = "zones that overlap are read once",
      .layout = OVERLAP,
      .what = BACKUP,
      .expected = "READ   alt 0 0x0000E000 +0x6000\n"
                  "READ   alt 0 0x00080000 +0xC000\n"
                  "TOTAL  read 73728\n",
  },
  {
      .name = "what cannot be read is left out",
      .layout = WRITE_ONLY,
      .what = BACKUP,
      .expected = "READ   alt 0 0x08000000 +0x0800\n"
                  "READ   alt 0 0x08001000 +0x0800\n"
                  "TOTAL  read 4096\n",
  },
  {
      .name = "nothing can be read",
      .layout = PROTECTED,
      .what = BACKUP,
      .code = JMP_ERROR_READ_PROTECTED,
      .part = "nothing in Internal Flash (alt 0) can be read",
  },
  {
      .name = "more than a file holds",
      .layout = HUGE,
      .what = BACKUP,
      .code = JMP_ERROR_NOT_SUPPORTED,
      .part = "134217728 bytes",
  },
  {
      .name = "no such alt setting",
      .layout = F405,
      .what = BACKUP,
      .alt = 1,
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "alt setting 1",
  },
  {
      .name = "a range from anywhere to anywhere",
      .layout = F405,
      .what = BACKUP_RANGE,
      .address = 0x08003FFF,
      .length = 3,
      .expected = "READ   alt 0 0x08003FFF +0x0003\n"
                  "TOTAL  read 3\n",
  },
  {
      .name = "a range of nothing",
      .layout = F405,
      .what = BACKUP_RANGE,
      .address = 0x08000000,
      .code = JMP_ERROR_USAGE,
      .part = "empty",
  },
  {
      .name = "a range past the end",
      .layout = F405,
      .what = BACKUP_RANGE,
      .address = 0x080FFFFF,
      .length = 2,
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "by 1 byte",
  },
  {
      .name = "a range past all addresses",
      .layout = F405,
      .what = BACKUP_RANGE,
      .address = 0x08000000,
      .length = G_MAXUINT64,
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "passes the end",
  },
  {
      .name = "a range that cannot be read",
      .layout = WRITE_ONLY,
      .what = BACKUP_RANGE,
      .address = 0x08000000,
      .length = 0x801,
      .code = JMP_ERROR_READ_PROTECTED,
      .part = "sector 0x08000800+0x400",
  },
};

static void
test_plan_backup (void **state)
{
  check_cases (backup_cases, G_N_ELEMENTS (backup_cases));
}

static const MemoryCase erase_cases[] = {
  {
      .name = "two sectors",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x0800C000,
      .length = 0x14000,
      .expected = "ERASE  alt 0 0x0800C000 +0x4000\n"
                  "ERASE  alt 0 0x08010000 +0x10000\n"
                  "VERIFY alt 0 0x0800C000 +0x14000 blank\n"
                  "TOTAL  erase 81920 sectors 2 verify 81920\n",
  },
  {
      .name = "the last sector",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x080E0000,
      .length = 0x20000,
      .expected = "ERASE  alt 0 0x080E0000 +0x20000\n"
                  "VERIFY alt 0 0x080E0000 +0x20000 blank\n"
                  "TOTAL  erase 131072 sectors 1 verify 131072\n",
  },
  {
      .name = "begins inside a sector",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x08001000,
      .length = 0x3000,
      .code = JMP_ERROR_USAGE,
      .part = "begins at 0x08001000, inside a sector that is 0x08000000+0x4000",
  },
  {
      .name = "ends inside a sector",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x08000000,
      .length = 0x5000,
      .code = JMP_ERROR_USAGE,
      .part = "ends at 0x08005000, inside a sector that is 0x08004000+0x4000",
  },
  {
      .name = "past the end",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x080E0000,
      .length = 0x40000,
      .code = JMP_ERROR_DOES_NOT_FIT,
      .part = "by 131072 bytes",
  },
  {
      .name = "nothing",
      .layout = F405,
      .what = ERASE_RANGE,
      .address = 0x08000000,
      .code = JMP_ERROR_USAGE,
      .part = "empty",
  },
  {
      .name = "read-only sector",
      .layout = PHOTON,
      .what = ERASE_RANGE,
      .address = 0x08008000,
      .length = 0x8000,
      .code = JMP_ERROR_WRITE_PROTECTED,
      .part = "sector 0x08008000+0x4000 of Internal Flash (alt 0) cannot be erased",
  },
  {
      .name = "memory that is written without an erase",
      .layout = EEPROM,
      .what = ERASE_RANGE,
      .address = 0x08080000,
      .length = 3072,
      .code = JMP_ERROR_NOT_SUPPORTED,
      .part = "nothing in DATA Memory (alt 0) can be erased",
  },
  {
      .name = "option bytes",
      .layout = OPTION_BYTES,
      .what = ERASE_ALL,
      .code = JMP_ERROR_REFUSED,
      .part = "Option Bytes",
  },
  {
      .name = "all but what is read-only",
      .layout = "@Internal Flash /0x08000000/1*16Ka,2*16Kg",
      .what = ERASE_ALL,
      .expected = "ERASE  alt 0 0x08004000 +0x4000\n"
                  "ERASE  alt 0 0x08008000 +0x4000\n"
                  "VERIFY alt 0 0x08004000 +0x8000 blank\n"
                  "TOTAL  erase 32768 sectors 2 verify 32768\n",
  },
  {
      .name = "all, where some cannot be read",
      .layout = WRITE_ONLY,
      .what = ERASE_ALL,
      .expected = "ERASE  alt 0 0x08000000 +0x0400\n"
                  "ERASE  alt 0 0x08000400 +0x0400\n"
                  "ERASE  alt 0 0x08000800 +0x0400\n"
                  "ERASE  alt 0 0x08000C00 +0x0400\n"
                  "ERASE  alt 0 0x08001000 +0x0400\n"
                  "ERASE  alt 0 0x08001400 +0x0400\n"
                  "VERIFY alt 0 0x08000000 +0x0800 blank\n"
                  "VERIFY alt 0 0x08001000 +0x0800 blank\n"
                  "TOTAL  erase 6144 sectors 6 verify 4096\n",
  },
};

static void
test_plan_erase (void **state)
{
  check_cases (erase_cases, G_N_ELEMENTS (erase_cases));
}

static void
test_plan_leave (void **state)
{
  static const char *const layouts[] = { OPTION_BYTES, F405, NULL };
  static const char *const special[] = { OPTION_BYTES, "", NULL };
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_leave (board, 0x08040000, &error);
  g_autofree char *text = jmp_plan_to_string (plan);
  guint n_steps;

  assert_lines_equal (text, "LEAVE  0x08040000\nTOTAL \n");
  assert_int_equal (jmp_plan_get_steps (plan, &n_steps)[0].alt, 1);
  jmp_dfu_info_unref (board);

  board = kit_board_new (special);
  assert_null (jmp_plan_leave (board, 0x08000000, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, NULL);
  jmp_dfu_info_unref (board);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_backup),
    cmocka_unit_test (test_plan_erase),
    cmocka_unit_test (test_plan_leave),
  };

  return cmocka_run_group_tests_name ("core/flash/plan-memory", tests, NULL, NULL);
}
