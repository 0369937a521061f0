/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans to read everything that could be lost. */

#include "assert-text.h"
#include "base/error.h"
#include "flash/plan.h"
#include "plan-kit.h"

#define MAIN    "@Internal Flash /0x08000000/04*016Kg,01*064Kg"
#define OPTIONS "@Option Bytes /0x1FFFC000/01*016 e"
#define OTP     "@OTP Memory /0x1FFF7800/01*512 e,01*016 e"
#define FEATURE "@Device Feature/0xFFFF0000/01*004 e"

typedef struct {
  const char *name;
  const char *layouts[6];
  gboolean settings;
  const char *expected;
  int code;
  const char *part;
} Case;

static const Case cases[] = {
  { "a pyboard",
    { MAIN, OPTIONS, OTP, FEATURE, NULL },
    FALSE,
    "READ   alt 0 0x08000000 +0x20000\n",
    0,
    NULL },
  { "a pyboard with its settings, and no registers",
    { MAIN, OPTIONS, OTP, FEATURE, NULL },
    TRUE,
    "READ   alt 0 0x08000000 +0x20000\n"
    "READ   alt 1 0x1FFFC000 +0x0010\n"
    "READ   alt 2 0x1FFF7800 +0x0210\n",
    0,
    NULL },
  { "what cannot be written cannot be lost",
    { "@Internal Flash /0x08000000/20*001Ka,108*001Kg", "@SPI Flash/0x00000000/512*04Kg", NULL },
    FALSE,
    "READ   alt 0 0x08005000 +0x1B000\n"
    "READ   alt 1 0x00000000 +0x200000\n",
    0,
    NULL },
  { "an alt setting without a map is left out",
    { MAIN, "", NULL },
    TRUE,
    "READ   alt 0 0x08000000 +0x20000\n",
    0,
    NULL },
  { "no map at all", { "", NULL }, FALSE, NULL, JMP_ERROR_NOT_SUPPORTED, "no memory map" },
  { "settings alone", { OPTIONS, NULL }, TRUE, NULL, JMP_ERROR_NOT_SUPPORTED, "no memory map" },
  { "memory that only takes",
    { "@Internal Flash /0x08000000/04*016Kf", NULL },
    FALSE,
    NULL,
    JMP_ERROR_READ_PROTECTED,
    "no memory of the board" },
  { "more than a file holds",
    { MAIN, "@Huge /0x00000000/999*999Mg", NULL },
    FALSE,
    NULL,
    JMP_ERROR_NOT_SUPPORTED,
    "more than a backup holds" },
};

static void
test_plan_backup_all (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDfuInfo) board = kit_board_new (cases[i].layouts);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = jmp_plan_backup_all (board, cases[i].settings, &error);
    g_autofree char *text = plan != NULL ? jmp_plan_to_string (plan) : NULL;

    print_message ("  %s\n", cases[i].name);
    if (cases[i].expected != NULL) {
      assert_no_error (error);
      assert_true (g_str_has_prefix (text, cases[i].expected));
      assert_true (g_str_has_prefix (text + strlen (cases[i].expected), "TOTAL"));
    } else {
      assert_null (plan);
      assert_error (error, JMP_ERROR, cases[i].code, cases[i].part);
    }
  }
}

static void
test_plan_backup_all_needs_upload (void **state)
{
  const char *layouts[] = { MAIN, NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (GError) error = NULL;

  board->attributes &= (guint8)~JMP_DFU_CAN_UPLOAD;
  assert_null (jmp_plan_backup_all (board, FALSE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "cannot read back");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_backup_all),
    cmocka_unit_test (test_plan_backup_all_needs_upload),
  };

  return cmocka_run_group_tests_name ("flash/plan-backup", tests, NULL, NULL);
}
