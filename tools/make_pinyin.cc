// Writes apps/_common/pinyin.txt: the characters of GB 2312 by syllable.
//
//   make_pinyin > apps/_common/pinyin.txt
//
// Readings come from ICU's Han-Latin transliterator (one a character, the
// commonest); the second readings below are added by hand. Order within a syllable:
// the everyday characters listed here, then GB 2312's level 1 (itself by pinyin),
// then level 2.
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "env/base/utf8.h"

namespace {

// Everyday characters, the most frequent first.
constexpr std::string_view kCommon =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于"
    "着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还"
    "进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情"
    "明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或"
    "新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基"
    "眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交"
    "规万取拉格望觉术领共确传师观清今切院让识候带导争运笔票车站买卖钱店菜吃饭喝茶早晚"
    "午周号码短消息微店购物付款订单收货快递地址姓名电话邮箱密码登录注册设置搜索朋友家庭"
    "公司同事老师学生医院银行酒店机票火车高铁出发到达上海北京广州深圳杭州南京苏州武汉成"
    "都重庆西安长沙郑州天津请谢您好吗吧呢啊哦嗯哈喜欢爱妈爸哥姐弟妹儿女孩宝贝今明昨星期"
    "刘陈李杨赵黄吴徐孙胡朱林何郭罗梁宋郑韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔崔邱秦江史顾侯邵孟龙段雷钱汤尹黎武乔贺赖"
    "龚伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰萍鹏辉建红梅琳婷雪晨宇浩轩然"
    "梓涵欣怡思雨佳琪子轩俊杰一诺可馨";

struct Second {
  std::string_view syllable;
  std::string_view characters;
};
constexpr Second kSecondReadings[] = {
    {"hang", "行"},  {"chang", "长"},  {"yue", "乐"},   {"chong", "重"},
    {"hai", "还"},   {"jiao", "觉校"}, {"dou", "都"},   {"du", "都"},
    {"de", "地得"},  {"dei", "得"},    {"zhe", "着"},   {"zhao", "着"},
    {"zhuo", "着"},  {"liao", "了"},   {"le", "了乐"},  {"cha", "差"},
    {"chai", "差"},  {"diao", "调"},   {"tiao", "调"},  {"dan", "单"},
    {"shan", "单"},  {"huan", "还"},   {"ceng", "曾"},  {"zeng", "曾"},
    {"can", "参"},   {"shen", "参什"}, {"shi", "什"},   {"me", "么"},
    {"na", "那哪"},  {"nei", "那哪"},  {"xing", "行"},  {"zhong", "重"},
    {"zhang", "长"}, {"lv", "绿"},     {"nve", "虐"},   {"bo", "薄"},
    {"bao", "薄"},   {"cang", "藏"},   {"zang", "藏"},  {"chao", "朝"},
    {"zhao", "朝"},  {"jue", "角"},    {"shuai", "率"}, {"ke", "壳"},
    {"qiao", "壳"},  {"xue", "血"},    {"xie", "血"},   {"mo", "没"},
    {"mei", "没"},   {"xiu", "宿"},    {"su", "宿"},    {"zhan", "粘"},
    {"nian", "粘"},  {"sha", "厦"},    {"xia", "厦"},   {"shao", "少"},
    {"jia", "贾"},   {"gu", "贾"},     {"ye", "叶"},    {"tan", "谭弹"},
    {"dan", "弹"},   {"qiu", "仇"},    {"chou", "仇"},  {"pu", "铺"},
    {"he", "和"},    {"huo", "和"},    {"kuai", "会"},  {"hui", "会"},
    {"da", "大"},    {"dai", "大"}};

std::vector<char32_t> gb2312_characters() {
  std::vector<char32_t> characters;
  for (int row = 0xB0; row <= 0xF7; ++row) {
    for (int cell = 0xA1; cell <= 0xFE; ++cell) {
      const char bytes[] = {char(row), char(cell)};
      const icu::UnicodeString text(bytes, 2, "gb18030");
      const char32_t c = char32_t(text.char32At(0));
      // Unassigned cells fall into the private use area.
      if (text.countChar32() == 1 && c >= 0x4E00 && c <= 0x9FFF)
        characters.push_back(c);
    }
  }
  return characters;
}

class Reader {
 public:
  Reader() {
    UErrorCode status = U_ZERO_ERROR;
    latin_.reset(
        icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
  }
  bool ready() const { return latin_ != nullptr; }

  // "nǚ" -> "nv": tone marks go, ü is typed as v. Empty if there is no reading.
  std::string operator()(char32_t c) const {
    icu::UnicodeString text(UChar32(c));
    latin_->transliterate(text);
    std::string letters;
    for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const char letter = plain(char32_t(text.char32At(i)));
      if (letter == 0) return "";
      letters.push_back(letter);
    }
    return letters;
  }

 private:
  static char plain(char32_t c) {
    if (c >= U'a' && c <= U'z') return char(c);
    static constexpr std::pair<std::u32string_view, char> kMarked[] = {
        {U"āáǎà", 'a'}, {U"ēéěèê", 'e'}, {U"īíǐì", 'i'}, {U"ōóǒò", 'o'},
        {U"ūúǔù", 'u'}, {U"ǖǘǚǜü", 'v'}, {U"ńňǹ", 'n'},  {U"ḿ", 'm'}};
    for (const auto& [marks, letter] : kMarked)
      if (marks.find(c) != marks.npos) return letter;
    return 0;
  }

  std::unique_ptr<icu::Transliterator> latin_;
};

}  // namespace

int main() {
  const Reader reading_of;
  if (!reading_of.ready()) {
    std::fputs("make_pinyin: error: ICU has no Han-Latin transliterator\n", stderr);
    return 2;
  }
  std::map<std::string, std::u32string> first;
  const auto add = [&](char32_t c) {
    const std::string letters = reading_of(c);
    if (letters.empty()) return;
    std::u32string& line = first[letters];
    if (line.find(c) == line.npos) line.push_back(c);
  };
  for (const char32_t c : paperphone::to_utf32(kCommon)) add(c);
  for (const char32_t c : gb2312_characters()) add(c);

  std::map<std::string, std::u32string> second;
  for (const Second& entry : kSecondReadings)
    for (const char32_t c : paperphone::to_utf32(entry.characters)) {
      const std::string letters(entry.syllable);
      if (first[letters].find(c) == std::u32string::npos) second[letters].push_back(c);
    }

  std::puts("# Characters of GB 2312 by syllable, everyday ones first; third column:");
  std::puts("# characters that are commonly read otherwise. Made by make_pinyin.");
  for (const auto& [letters, characters] : first) {
    if (characters.empty()) continue;
    std::printf("%s %s", letters.c_str(), paperphone::to_utf8(characters).c_str());
    if (const auto more = second.find(letters); more != second.end())
      std::printf(" %s", paperphone::to_utf8(more->second).c_str());
    std::putchar('\n');
  }
}
