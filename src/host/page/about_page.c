/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages about the pages: how they look, and for whom they are made. */
#include "host/desk/site.h"
#include "host/page/pages.h"
#include "host/page/views/about.h"
#include "host/page/views/terms.h"

static struct contact contact_of(struct ctx *c)
{
    return (struct contact){
        .office = site_office(c),
        .settings = ctx_settings(c),
        .phone = site_phone(c),
        .keeper =
            has_role(&c->who, ROLE_OFFICER) || has_role(&c->who, ROLE_ADMIN),
    };
}

enum err show_accessibility(struct ctx *c)
{
    struct contact contact = contact_of(c);

    view_accessibility(page_body(c), &contact);
    return page_send(c, &(struct page){
                            .title = TEXT("无障碍声明", "Accessibility") });
}

enum err show_look(struct ctx *c)
{
    view_look(page_body(c), c);
    return page_send(c, &(struct page){ .title = TEXT("显示设置", "Display") });
}

/*
 * Paraphrased, with the number to look it up by. Nothing here is a setting:
 * there is no code that could be switched on.
 */
#define GENERAL "国办函〔2026〕12号"
#define GENERAL_EN "Guobanhan [2026] No. 12"
/* Of August 2024, by the general offices of the Party and the council. */
#define LIGHTEN                                                                \
    TEXT_INIT(GENERAL "；《整治形式主义为基层减负若干规定》",                  \
              GENERAL_EN "; Provisions on lightening the load of the "         \
                         "grassroots (2024)")

static const struct ruled_out ruled_out[] = {
    { TEXT_INIT("网络投票、点赞、转发数作为评定依据",
                "Online votes, likes or forwards as a basis of assessment"),
      TEXT_INIT("没有投票和点赞。评定只看打分和考核，口径写在数字旁边。",
                "There are none. Ratings follow marks and assessment alone, by "
                "rules that stand beside the numbers."),
      LIGHTEN },
    { TEXT_INIT("个人积分和个人排名", "Points and rankings of persons"),
      TEXT_INIT("没有人的排行榜，没有积分。数字都是工作的数字，不按人加总。",
                "No person is ranked and nobody collects points. Figures "
                "count work and are not added up by person."),
      LIGHTEN },
    { TEXT_INIT("在线时长、学习时长、阅读时长的统计和考核",
                "Counting time online, time of study or of reading"),
      TEXT_INIT("不记录谁在线多久、学了多久、读了多久，只记活动和人次。",
                "Nobody's time online, of study or of reading is recorded: "
                "events and visits are."),
      LIGHTEN },
    { TEXT_INIT("强制打卡、签到", "Forced check-in"),
      TEXT_INIT("没有打卡。志愿服务全凭自愿，不分派、不通报。",
                "There is none. Volunteering is voluntary; nobody is assigned "
                "to it."),
      TEXT_INIT(GENERAL "；《志愿服务条例》第二十五条",
                GENERAL_EN "; Regulations on Voluntary Services, Art. 25") },
    { TEXT_INIT("登录率、使用率的统计和通报",
                "Counting and publishing rates of sign-in or use"),
      TEXT_INIT("没有登录次数的统计。登录记录只用于安全审计。",
                "Sign-ins are not added up; their record serves security "
                "alone."),
      LIGHTEN },
    { TEXT_INIT("要求上传工作照片、视频或定位轨迹",
                "Demanding photos, videos or tracks of work"),
      TEXT_INIT("没有一张表单要照片、视频或定位。",
                "No form asks for a photo, a video or a place."),
      LIGHTEN },
    { TEXT_INIT("重复填报", "Filling in the same again"),
      TEXT_INIT("每件事只登记一次，各处的数字都从这一条算出。",
                "What happened is entered once; every number is counted from "
                "that row."),
      LIGHTEN },
};

enum err show_law(struct ctx *c)
{
    view_law(page_body(c), &(struct law_page){ ruled_out, COUNT(ruled_out) });
    return page_send(c, &(struct page){
                            .title = TEXT("不做的事", "What is not here") });
}

enum err show_complaints(struct ctx *c)
{
    struct contact contact = contact_of(c);

    view_complaints(page_body(c), &contact);
    return page_send(c,
                     &(struct page){ .title = TEXT("投诉建议", "Complaints") });
}

enum err show_words(struct ctx *c)
{
    const struct feature *const *menu;
    size_t n = page_menu(c->m, &menu);

    view_words(page_body(c), menu, n);
    return page_send(c, &(struct page){
                            .title = TEXT("名词解释", "What the words mean") });
}
